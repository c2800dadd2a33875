"""Scenario runs in a thread of their own: the kernel leaves the interpreter free, so mail and settlements go on."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connection

from chongdich.application.journeys.scenarios import advance_next_run
from chongdich.domain.scenarios.operations import beat
from chongdich.domain.scenarios.queries import find_next_run
from chongdich.jobs import clock

IDLE_SECONDS = 0.5
WARM_AFTER = 60  # idle looks (half a minute) before the kernel is made ready, so that a first answer comes at once
STORE_SECONDS = 1.5  # between two stored answers of a run under way
LOOK_SECONDS = 1.0  # between two looks whether somebody stopped it
THREADS = 2
log = logging.getLogger(__name__)


class Simulations(threading.Thread):
    """Runs waiting scenarios until stopped."""

    def __init__(self) -> None:
        super().__init__(name="simulations", daemon=True)
        self._ended = threading.Event()

    def end(self) -> None:
        """Stop; a run under way is taken up again by the next worker."""
        self._ended.set()

    def run(self) -> None:
        """Until ended."""
        idle = 0
        while not self._ended.is_set():
            try:
                close_old_connections()
                idle = 0 if run_next(self._ended) else idle + 1
                if idle == WARM_AFTER:
                    make_ready()
                if idle:
                    self._ended.wait(IDLE_SECONDS)
            except Exception:
                log.exception("a scenario could not be run; trying again")
                self._ended.wait(2)
        connection.close()


def run_next(ended: threading.Event | None = None) -> bool:
    """Do the run that has waited longest. False when none waits."""
    if find_next_run(clock.now()) is None:
        return False
    watcher: list[_Watcher] = []

    def stop(run_id: int) -> Callable[[], bool]:
        watcher.append(_Watcher(run_id, ended))
        watcher[0].start()
        return watcher[0].stopped.is_set

    try:
        return advance_next_run(
            clock.desk(), keep_in=population_folder(), threads=THREADS, due=_Every(STORE_SECONDS), stop=stop
        )
    finally:
        for one in watcher:
            one.done.set()
            one.join()


def make_ready() -> None:
    """Compile the kernel where that has not been done, or read it from disk."""
    from chongdich.kernels.simulation.warming import warm

    warm()


def population_folder() -> Path:
    """Where synthetic populations are kept."""
    return Path(settings.VAR) / "populations"


class _Every:
    """True at most once in so many seconds; the first time at once, so that a first answer is there soon."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.last = seconds, float("-inf")

    def __call__(self) -> bool:
        now = time.monotonic()
        if now - self.last < self.seconds:
            return False
        self.last = now
        return True


class _Watcher(threading.Thread):
    """Looks whether a run was stopped, and gives its sign of life."""

    def __init__(self, run_id: int, ended: threading.Event | None) -> None:
        super().__init__(name=f"run-{run_id}", daemon=True)
        self.run_id, self.ended = run_id, ended
        self.stopped, self.done = threading.Event(), threading.Event()

    def run(self) -> None:
        """Until the run is over or stopped."""
        try:
            while not self.done.wait(LOOK_SECONDS):
                leaving = self.ended is not None and self.ended.is_set()
                if leaving or not beat(run_id=self.run_id, at=clock.now()):
                    self.stopped.set()
                    return
        finally:
            connection.close()
