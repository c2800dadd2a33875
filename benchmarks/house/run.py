"""Pages at full size, on SQLite and PostgreSQL, as a district user: `python -m benchmarks.house.run [sqlite|postgres]`.

Prints and writes `results.md`: for each page p50 and p95 of the server's own time and its number of queries.
"""

import os
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
POSTGRES = os.environ.get("CHONGDICH_BENCH_POSTGRES_URL", "postgresql://chongdich:chongdich@127.0.0.1:5432/bench_house")
REPEATS = int(os.environ.get("CHONGDICH_BENCH_REPEATS", "25"))
PAGES = (
    "/", "/nhiem-vu/", "/nhiem-vu/?state=reported", "/nhiem-vu/da-giao/", "/nhiem-vu/bang/", "/van-ban/den/",
    "/van-ban/di/", "/tim/?q=truy+vet+cho", "/tim/?q=8005", "/hop-tin/", "/bao-cao/", "/don-vi/", "/dia-ban/",
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
    """One row per page: page, p50 ms, p95 ms, queries."""
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
            rows.append([page, "–", "–", str(answer.status_code)])
            continue
        times = []
        for _ in range(REPEATS):
            began = time.perf_counter()
            client.get(page)
            times.append((time.perf_counter() - began) * 1000)
        p95 = statistics.quantiles(times, n=20)[18]
        rows.append([page, f"{statistics.median(times):.0f}", f"{p95:.0f}", str(number)])
    return rows


def assign_to_all_communes() -> float:
    """Seconds to give one clause to all communes of the province (one journey, one fact)."""
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
    began = time.perf_counter()
    tasks.assign(directive_id=directive.pk, giver_id=directive.unit_id, givings=givings[:108], by=desk.author)
    return time.perf_counter() - began


def main() -> None:
    which = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
    start(which)
    built = prepare()
    lines = [f"## {which}", "", f"Built or found in {built:.0f} s.",
             f"A clause given to 108 communes: {assign_to_all_communes() * 1000:.0f} ms.", ""]  # fmt: skip
    for username in USERS:
        lines += [f"### as {username}", "", "| page | p50 ms | p95 ms | queries |", "|---|---|---|---|"]
        lines += ["| " + " | ".join(row) + " |" for row in measure(username)] + [""]
    print("\n".join(lines))
    (HERE / f"results-{which}.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
