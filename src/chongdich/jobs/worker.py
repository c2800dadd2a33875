"""The worker: settles what follows from facts and runs the timed jobs. Killed at any instruction, nothing is lost."""

import logging
import os
import signal
import socket
import time
from threading import Thread
from types import FrameType

from django.db import close_old_connections

from chongdich.application.journeys.scanning import read_scans
from chongdich.application.settling import settle_next
from chongdich.jobs import clock, timetable
from chongdich.jobs.simulations import Simulations
from chongdich.registry.ledger.models import Heartbeat

IDLE_SECONDS = 0.5
SCAN_SECONDS = 1.0
log = logging.getLogger(__name__)


class Worker:
    """One loop; `stop()` lets the present journey finish."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:20]}:{os.getpid()}"
        self.running = True

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        self.running = False

    def run(self) -> None:
        """Until stopped."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        simulations = Simulations()
        simulations.start()
        Thread(target=self._read_scans, name="scans", daemon=True).start()
        while self.running:
            if not self._step():
                time.sleep(IDLE_SECONDS)
        simulations.end()

    def _read_scans(self) -> None:
        """Letters in pictures take seconds a page: read beside the settlement, so that nothing waits for them."""
        while self.running:
            try:
                close_old_connections()
                if read_scans(clock.desk()):
                    continue
                time.sleep(SCAN_SECONDS)
            except Exception:
                log.exception("a scan could not be read; trying again")
                time.sleep(30)

    def _step(self) -> bool:
        """One settlement or timed job; False when there was nothing to do. A lost database is tried again."""
        try:
            close_old_connections()
            timetable.run_due(clock.now())
            self._beat()
            return settle_next(worker=self.name, clock=clock.now, entropy=clock.entropy)
        except Exception:
            log.exception("the worker could not work; trying again")
            time.sleep(2)
            return False

    def _beat(self) -> None:
        at = clock.now()
        last = getattr(self, "_last_beat", None)
        if last is None or (at - last).total_seconds() > 10:
            Heartbeat.objects.update_or_create(name="worker", defaults={"at": at, "detail": self.name})
            self._last_beat = at
