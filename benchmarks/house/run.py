"""Pages at full size, on SQLite and PostgreSQL, as a district user: `python -m benchmarks.house.run [sqlite|postgres]`.

Prints and writes `results-….md`: for each page p50 and p95 of the server's own time by the clock, the same in processor
time (the page's process and, on PostgreSQL, its backend: what a machine that does nothing else would take, without
waiting for the disk), and the number of queries. The machine's load at the start and at the end is said.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
POSTGRES = os.environ.get("CHONGDICH_BENCH_POSTGRES_URL", "postgresql://chongdich:chongdich@127.0.0.1:5432/bench_house")
REPEATS = int(os.environ.get("CHONGDICH_BENCH_REPEATS", "25"))
PAGES = (
    "/", "/nhiem-vu/", "/nhiem-vu/?state=reported", "/nhiem-vu/cap-duoi/", "/nhiem-vu/tat-ca/", "/nhiem-vu/da-giao/",
    "/nhiem-vu/da-giao/tung-viec/", "/nhiem-vu/bang/", "/van-ban/den/", "/van-ban/di/", "/tim/?q=truy+vet+cho",
    "/tim/?q=8005", "/tim/?q=khongcotunay", "/hop-tin/", "/bao-cao/", "/bao-cao/?by=directive", "/don-vi/", "/dia-ban/",
    "/nguoi/", "/ca-benh/",
)  # fmt: skip
USERS = ("babe.bcd", "tinh.chuyenvien", "phucloc.canbo")


def start(which: str) -> None:
    """Point Django at the benchmark's own database."""
    var = Path(os.environ.get("CHONGDICH_BENCH_VAR", "/tmp/chongdich-bench"))
    var.mkdir(parents=True, exist_ok=True)
    os.environ["CHONGDICH_VAR"] = str(var)
    os.environ["CHONGDICH_HOSTS"] = "testserver"
    os.environ["DATABASE_URL"] = POSTGRES if which == "postgres" else f"sqlite:///{var / 'bench.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")
    import django

    django.setup()


def prepare() -> float:
    """Build the province if it is not there; seconds it took."""
    from django.core.management import call_command

    from benchmarks.house.scale import build, fixed_desk
    from chongdich.domain.directives.models import Task

    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    if not Task.objects.exists():
        build(fixed_desk())
    return time.perf_counter() - began


def client_of(username: str):
    """A signed-in client in the house's time of the benchmark."""
    from django.test import Client

    from chongdich.registry.accounts.models import Account

    client = Client()
    account = Account.objects.get(username=username)
    client.force_login(account, backend="chongdich.registry.accounts.backends.AccountBackend")
    session = client.session
    session.update({"rights": account.rights_version, "second_factor": True, "seen": int(time.time() // 60)})
    session.save()
    return client


def measure(username: str) -> list[list[str]]:
    """One row per page: page, p50 ms, p95 ms, the same of processor time, queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from benchmarks.house.scale import fixed_desk
    from chongdich.web import middleware

    middleware.now = lambda: fixed_desk().at
    client, rows = client_of(username), []
    for page in PAGES:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        number = len(queries)
        if answer.status_code != 200:
            rows.append([page, *4 * ["–"], f"({answer.status_code})"])
            continue
        took = [timed(partial(client.get, page)) for _ in range(REPEATS)]
        figures = [
            f"{middle_or_late(times):.0f}" for times in zip(*took) for middle_or_late in (statistics.median, _p95)
        ]
        rows.append([page, *figures, str(number)])
    return rows


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """(milliseconds by the clock, milliseconds of processor time) that some work took."""
    cpu, began = processor_seconds(), time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000, (processor_seconds() - cpu) * 1000


def processor_seconds() -> float:
    """What this process has used, and the database's backend with it (to a hundredth of a second)."""
    own = time.process_time()
    return own + sum(_backend_ticks()) / os.sysconf("SC_CLK_TCK")


def _backend_ticks() -> tuple[int, int]:
    from django.db import connection

    if connection.vendor == "sqlite":
        return 0, 0
    words = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return int(words[11]), int(words[12])


def load() -> str:
    """The machine's load now."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def assign_to_all_communes() -> tuple[float, float]:
    """Milliseconds (clock, processor) to give one clause to all communes of the province (one journey, one fact)."""
    from benchmarks.house.scale import fixed_desk
    from chongdich.domain.directives.models import Clause, Directive
    from chongdich.domain.directives.operations import tasks
    from chongdich.domain.directives.operations.tasks import Giving
    from chongdich.registry.organisations.models import Organisation

    desk = replace(fixed_desk(), entropy=os.urandom)  # identifiers must be new at each run
    communes = Organisation.objects.filter(kind="ubnd", place__level=3, since__lte=desk.today).exclude(
        until__lte=desk.today
    )
    directive = Directive.objects.filter(direction="in").first()
    assert directive
    clause = Clause.objects.create(directive=directive, order=9999, text="Giao đến mọi xã", state="confirmed")
    givings = [Giving(clause, unit.pk) for unit in communes if unit.place_id]
    return timed(
        lambda: tasks.assign(
            directive_id=directive.pk, giver_id=directive.unit_id, givings=givings[:108], by=desk.author
        )
    )


def main() -> None:
    which = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
    start(which)
    built, at_first = prepare(), load()
    clock, processor = assign_to_all_communes()
    lines = [f"## {which}", "", f"Built or found in {built:.0f} s. {REPEATS} times each.",
             f"A clause given to 108 communes: {clock:.0f} ms ({processor:.0f} ms of processor time).", ""]  # fmt: skip
    for username in USERS:
        lines += [f"### as {username}", "", "| page | p50 ms | p95 ms | CPU p50 ms | CPU p95 ms | queries |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join(row) + " |" for row in measure(username)] + [""]
    lines += [f"Load of the machine: {at_first} at the start, {load()} at the end."]
    print("\n".join(lines))
    (HERE / f"results-{which}.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
