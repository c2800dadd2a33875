"""A large drill as a load test: `python -m benchmarks.house.drill [days] [people]` (10 days of 20,000 people).

Prints and writes `results-drill.md`: happenings and settlements a second, time of each kind of happening, and of the
journeys that followed by themselves. One process does everything, so the figures are the house's own time.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent


def start(var: Path) -> None:
    """An empty house of its own."""
    os.environ["CHONGDICH_VAR"] = str(var)
    os.environ["DATABASE_URL"] = os.environ.get("CHONGDICH_BENCH_DATABASE", f"sqlite:///{var / 'drill.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")
    import django

    django.setup()
    from django.core.management import call_command

    from chongdich.config.first_start import load_lists

    call_command("migrate", verbosity=0)
    load_lists()


class Timing:
    """Wraps the acts and the journeys of a drill and keeps how long each took, seconds of CPU and by the clock."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = defaultdict(list)
        self.cpu: dict[str, float] = defaultdict(float)

    def around(self, name, deed):
        def timed(*args, **kwargs):
            began, spent = time.perf_counter(), time.process_time()
            try:
                return deed(*args, **kwargs)
            finally:
                self.wall[name].append(time.perf_counter() - began)
                self.cpu[name] += time.process_time() - spent

        return timed


def play(days: int, people: int) -> tuple[Timing, float, float]:
    """Play one drill; the times, and the seconds of all by the clock and of CPU."""
    from chongdich.application import flow
    from chongdich.universe.drill import play as playing
    from chongdich.universe.drill.clock import Pace
    from chongdich.universe.drill.options import Options

    options = Options(
        seed=1, days=days, people=people, introductions=max(6, people // 60), r0=8.0, other_samples=people // 100,
        interviewers=20, tracers=60,
    )  # fmt: skip
    timing = Timing()
    playing.ACTS.update({kind: timing.around(f"act {kind}", act) for kind, act in playing.ACTS.items()})
    journey = flow.journey
    flow.journey = lambda name: timing.around(f"journey {name}", journey(name))
    stage = playing.set_up(options)
    began, spent = time.perf_counter(), time.process_time()
    playing.play(stage, Pace(None, 0, time.sleep))
    return timing, time.perf_counter() - began, time.process_time() - spent


def lines_of(timing: Timing, wall: float, cpu: float, days: int, people: int) -> list[str]:
    """The results as a page."""
    from chongdich.domain.cases.models import Case
    from chongdich.domain.contacts.models import Contact
    from chongdich.registry.ledger.models import Entry, Settlement

    acts = sum(len(found) for name, found in timing.wall.items() if name.startswith("act"))
    settled = Settlement.objects.filter(state="settled").count()
    states = Counter(Settlement.objects.values_list("state", flat=True))
    lines = [
        f"## Drill of {days} days, {people:,} people, SQLite, one process, {os.cpu_count()} cores (shared)", "",
        f"{acts:,} happenings, {settled:,} settlements ({dict(states)}), {Entry.objects.count():,} ledger entries, "
        f"{Case.objects.count():,} cases, {Contact.objects.count():,} contacts in {wall:.0f} s by the clock, {cpu:.0f} "
        "s of CPU.",
        f"Per second of CPU: {acts / cpu:.1f} happenings, {settled / cpu:.1f} settlements; one day of the drill takes "
        f"{cpu / days:.1f} s of CPU.", "",
        "| what | number | p50 ms | p95 ms | CPU s |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, found in sorted(timing.wall.items(), key=lambda one: -timing.cpu[one[0]]):
        p50, p95 = statistics.median(found) * 1000, statistics.quantiles([*found, found[-1]], n=20)[18] * 1000
        lines.append(f"| {name} | {len(found):,} | {p50:.1f} | {p95:.1f} | {timing.cpu[name]:.1f} |")
    return lines


def main() -> None:
    days, people = (int(word) for word in (*sys.argv[1:3], *("10", "20000")[len(sys.argv[1:3]) :]))
    var = Path(tempfile.mkdtemp(prefix="chongdich-drill-"))
    try:
        start(var)
        lines = lines_of(*play(days, people), days, people)
    finally:
        shutil.rmtree(var, ignore_errors=True)
    print("\n".join(lines))
    (HERE / "results-drill.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
