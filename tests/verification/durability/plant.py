"""Where the writer is run and killed: a live folder, a platter, and the orders between."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BLOCK = 4096


def shim() -> Path:
    """The compiled power-cut library; skips with a clear word where no C compiler is."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler here: the simulated power cut cannot be built")
    target = (
        Path(tempfile.gettempdir())
        / f"chongdich-powercut-{os.getuid()}-{int((HERE / 'powercut.c').stat().st_mtime)}.so"
    )
    if not target.exists():
        draft = target.with_suffix(f".{os.getpid()}")
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-o", draft, HERE / "powercut.c", "-ldl", "-lpthread"], check=True
        )
        draft.rename(target)
    return target


class Plant:
    """A database folder with the writer over it."""

    def __init__(self, folder: Path, *, power_cuts: bool, **extra: str) -> None:
        self.live, self.disk = folder / "live", folder / "disk"
        self.fault = folder / "fault"
        self.live.mkdir()
        self.disk.mkdir()
        self.environment = {
            **os.environ,
            "CHONGDICH_VAR": str(self.live),
            "DATABASE_URL": f"sqlite:///{self.live / 'db.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "chongdich.config.settings.base",
            **extra,
        }
        subprocess.run(
            [sys.executable, "-c", "import django; django.setup(); from django.core.management import call_command; "
             "call_command('migrate', verbosity=0)"],
            env=self.environment, check=True,
        )  # fmt: skip
        if power_cuts:
            self.environment |= {
                "LD_PRELOAD": str(shim()),
                "POWERCUT_LIVE": str(self.live),
                "POWERCUT_DISK": str(self.disk),
                "POWERCUT_FAULT": str(self.fault),
            }
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "writer.py")], env=self.environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, bufsize=1, cwd=HERE.parents[2],
        )  # fmt: skip
        assert self.line() == "ready"

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def order(self, word: str) -> int:
        """Start a child; its process id."""
        self.settle_disk()
        assert self.process.stdin
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return int(self.line().split()[1])

    def settle_disk(self) -> None:
        """All that is live is on the platter: a machine that has been off for a while."""
        shutil.rmtree(self.disk)
        shutil.copytree(self.live, self.disk)

    def read_until(self, enough: Callable[[list[str]], bool]) -> list[str]:
        """What the child says until it said enough, however slow the machine is; at least one line."""
        said = [self.line()]
        while not enough(said) and said[-1] != "ended":
            said.append(self.line())
        assert said[-1] != "ended", said[-3:]
        return said

    def kill_at_work(self, pid: int, acks: int, seconds: float) -> list[str]:
        """Let the child acknowledge so many writes and work on for a moment, kill it, and return all it said."""
        said = self.read_until(lambda lines: sum(line.startswith("ack") for line in lines) >= acks)
        return said + self.kill_after(pid, seconds)

    def kill_after(self, pid: int, seconds: float) -> list[str]:
        """Let the child work, kill it, and return every line it said."""
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        said = []
        while (line := self.line()) != "ended":
            said.append(line)
        return said

    def power_cut(self, chance: random.Random | None = None) -> None:
        """The live files become what the platter holds; with `chance` some unsynced blocks made it, in any order."""
        for path in list(self.live.iterdir()):
            kept = self.disk / path.name
            if path.is_file() and path.suffix != ".key":
                data = _after_cut(path, kept, chance)
                path.unlink() if data is None else path.write_bytes(data)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def _after_cut(live: Path, kept: Path, chance: random.Random | None) -> bytes | None:
    if live.name.endswith("-shm"):
        return None
    old = kept.read_bytes() if kept.exists() else b""
    if chance is None:
        return old if kept.exists() else None
    new = live.read_bytes()
    out = bytearray(old.ljust(len(new), b"\0")) if len(new) > len(old) and chance.random() < 0.5 else bytearray(old)
    for at in range(0, len(out), BLOCK):
        if new[at : at + BLOCK] and chance.random() < 0.5:
            piece = new[at : at + BLOCK]
            out[at : at + len(piece)] = piece[: len(out) - at]
    return bytes(out) if out or kept.exists() else None


@contextmanager
def plant(folder: Path, *, power_cuts: bool = False, **extra: str) -> Iterator[Plant]:
    """A plant that is stopped at the end, whatever happens."""
    built = Plant(folder, power_cuts=power_cuts, **extra)
    try:
        yield built
    finally:
        built.stop()


INSPECT = """
import django; django.setup()
import json
from django.db import connection
from chongdich.registry.ledger.models import Entry, Heartbeat, Settlement
from chongdich.registry.ledger.queries import find_ledger_breaks
with connection.cursor() as cursor:
    health = cursor.execute("PRAGMA integrity_check").fetchone()[0]
beat = Heartbeat.objects.filter(name="writer").values_list("detail", flat=True).first()
print(json.dumps({
    "integrity": health, "breaks": [b.message for b in find_ledger_breaks()], "last": beat,
    "seqs": list(Entry.objects.filter(kind="WriterWrote").order_by("seq").values_list("seq", flat=True)),
    "settled": [p["number"] for p in Entry.objects.filter(kind="WriterSettled").values_list("payload", flat=True)],
    "waiting": Settlement.objects.exclude(state="settled").count(),
}))
"""


def inspect(plant: Plant) -> dict[str, object]:
    """What the database holds, asked by a fresh process without the shim."""
    import json

    environment = {name: value for name, value in plant.environment.items() if name != "LD_PRELOAD"}
    done = subprocess.run([sys.executable, "-c", INSPECT], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"integrity": "unreadable: " + done.stderr[-300:], "breaks": [], "seqs": [], "settled": [], "waiting": 0,
                "last": None}  # fmt: skip
    answer: dict[str, object] = json.loads(done.stdout)
    return answer
