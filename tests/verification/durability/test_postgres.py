"""C3 and the ledger's second lock, on PostgreSQL: a cluster of its own is killed under load and comes back whole."""

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from chongdich.registry.ledger.protection import APPEND_ONLY, grant_application_role

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
needs_cluster = pytest.mark.skipif(
    not BINARIES or os.getuid() != 0, reason="no PostgreSQL server programs here (or not root): C3 is not run"
)
KILLS = 5 * int(os.environ.get("CHONGDICH_DURABILITY", "1"))

LEAST_ACKS = 6  # acknowledged in each round before the cluster dies

WRITER = """
import os, sys
from datetime import UTC, datetime
import django; django.setup()
from dataclasses import dataclass
from django.db import connection, transaction
from chongdich.core.facts import Fact
from chongdich.registry.ledger.operations import Author, record
@dataclass(frozen=True, kw_only=True)
class WriterWrote(Fact):
    number: int
if os.environ.get("WRITER_SET"):
    with connection.cursor() as cursor: cursor.execute(os.environ["WRITER_SET"])
n = 0
while True:
    n += 1
    with transaction.atomic():
        entry = record(WriterWrote(number=n), by=Author(None, None, datetime.now(UTC), os.urandom))
    os.write(1, f"ack {entry.seq}\\n".encode())
"""


def lives(process: int) -> bool:
    """Whether a process is still there, and not only its name."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Cluster:
    """A small PostgreSQL that may be killed."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.data = BINARIES[-1], folder / "data"
        folder.chmod(0o755)  # PostgreSQL runs as another user than the tests
        self.data.mkdir()
        shutil.chown(self.data, "postgres")
        self.data.chmod(0o700)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.as_postgres(f"{self.bin}/initdb -A trust -U postgres --no-sync -D {self.data}")
        self.start()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def as_postgres(self, command: str) -> None:
        subprocess.run(
            ["su", "postgres", "-c", command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def start(self) -> None:
        options = f"-p {self.port} -k {self.data} -c shared_buffers=16MB -c max_connections=20"
        self.as_postgres(f"{self.bin}/pg_ctl -D {self.data} -o '{options}' -l {self.data}/log -t 300 -w start")

    def kill(self) -> None:
        """kill -9 of the postmaster and everything below it, as when the machine loses its mind."""
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        found = subprocess.run(["pgrep", "-P", str(postmaster)], capture_output=True, text=True, check=False)
        processes = [postmaster, *map(int, found.stdout.split())]
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, 9)
        while any(lives(process) for process in processes):  # a busy machine buries its dead slowly
            time.sleep(0.02)
        for left in [self.data / "postmaster.pid", *self.data.glob(".s.PGSQL.*")]:
            left.unlink(missing_ok=True)

    def stop(self) -> None:
        self.as_postgres(f"{self.bin}/pg_ctl -D {self.data} -m immediate stop || true")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="chongdich-cluster-"))
    built = Cluster(folder)
    yield built
    built.stop()
    shutil.rmtree(folder, ignore_errors=True)


def environment(cluster: Cluster, tmp_path: Path, **extra: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": cluster.url, "CHONGDICH_VAR": str(tmp_path / "var"),
            "DJANGO_SETTINGS_MODULE": "chongdich.config.settings.base", **extra}  # fmt: skip


def run_python(script: str, env: dict[str, str]) -> str:
    return subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True).stdout


MIGRATE = (
    "import django; django.setup(); from django.core.management import call_command; "
    "call_command('migrate', verbosity=0)"
)
LOOK = (
    "import django; django.setup(); from chongdich.registry.ledger.models import Entry; "
    "from chongdich.registry.ledger.queries import find_ledger_breaks; "
    "print(len(list(find_ledger_breaks())), *Entry.objects.order_by('seq').values_list('seq', flat=True))"
)


def killed_rounds(cluster: Cluster, tmp_path: Path, rounds: int, **extra: str) -> tuple[set[int], set[int], int]:
    """(acknowledged, kept, breaks) after so many kills of the whole cluster under a writer."""
    env = environment(cluster, tmp_path, **extra)
    run_python(MIGRATE, environment(cluster, tmp_path))
    chance, acked = random.Random(4), set()
    for _ in range(rounds):
        writer = subprocess.Popen([sys.executable, "-c", WRITER], env=env, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)  # fmt: skip
        assert writer.stdout
        said = [writer.stdout.readline() for _ in range(LEAST_ACKS)]  # however slow the machine is
        time.sleep(chance.random() * 0.3)
        cluster.kill()
        writer.kill()
        acked |= {
            int(line.split()[1]) for line in [*said, *writer.stdout] if line.startswith("ack") and line.endswith("\n")
        }
        cluster.start()
    breaks, *kept = run_python(LOOK, environment(cluster, tmp_path)).split()
    return acked, {int(seq) for seq in kept}, int(breaks)


@needs_cluster
@pytest.mark.slow
def test_c3_killing_the_cluster_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    acked, kept, breaks = killed_rounds(cluster, tmp_path, KILLS)
    assert len(acked) > KILLS * 5
    assert acked <= kept
    assert breaks == 0


@needs_cluster
@pytest.mark.slow
def test_c3_the_same_test_catches_asynchronous_commit(cluster: Cluster, tmp_path: Path) -> None:
    for _ in range(3):
        acked, kept, breaks = killed_rounds(cluster, tmp_path, 3, WRITER_SET="SET synchronous_commit = off")
        assert breaks == 0
        if acked - kept:
            return
    raise AssertionError("a weaker setting went unnoticed")


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_applications_role_cannot_change_the_ledger(table: str, action: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's; on SQLite triggers hold this (test_ledger)")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE application_under_test NOLOGIN")
        grant_application_role("application_under_test")
        cursor.execute("SET LOCAL ROLE application_under_test")
        cursor.execute("SELECT count(*) FROM ledger_entry")
        key = {"ledger_entry": "seq"}.get(table, "id")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(action.format(table, key, key))
        cursor.execute("RESET ROLE")
