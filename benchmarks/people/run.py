"""Find and compare people at full size: `python -m benchmarks.people.run [sqlite|postgres] [find|alike|pairs] [rows]`.

Prints p50, p95 and the worst time of each question, and precision and recall of the pairs found.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

POSTGRES = os.environ.get(
    "CHONGDICH_BENCH_POSTGRES_URL", "postgresql://chongdich:chongdich@127.0.0.1:5432/bench_people"
)
QUESTIONS = (
    "nguyen", "ng", "nguyễn văn an", "nguyen van a", "an nguyen", "tran thi h", "hoang minh tuyet", "n v a", "th",
    "giang pao", "ma thi y", "be van xuan", "nguyen nguyen", "thi thi", "linh khanh", "van thi", "duc thi lan",
    "mai van thi",
)  # fmt: skip


def start(which: str) -> None:
    """Point Django at the benchmark's own database and bring it up to date."""
    var = Path(os.environ.get("CHONGDICH_BENCH_VAR", "/tmp/chongdich-bench-people"))
    var.mkdir(parents=True, exist_ok=True)
    os.environ["CHONGDICH_VAR"] = str(var)
    os.environ["DATABASE_URL"] = POSTGRES if which == "postgres" else f"sqlite:///{var / 'people.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")
    import django

    django.setup()


def prepare(rows: int) -> None:
    """Places, bodies and so many people, once."""
    from django.core.management import call_command

    from benchmarks.people.load import load
    from chongdich.config.first_start import load_lists
    from chongdich.registry.people.models import Person

    call_command("migrate", verbosity=0)
    if not Person.objects.exists():
        began = time.perf_counter()
        load_lists()
        load(rows)
        print(f"loaded {rows} people in {time.perf_counter() - began:.0f} s")


def measured(label: str, ask: Callable[[], object], repeats: int = 9) -> float:
    """Print one line; the median in milliseconds."""
    times, busy = [], []
    for _ in range(repeats):
        began, worked = time.perf_counter(), time.process_time()
        ask()
        times.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    median, own = statistics.median(times), statistics.median(busy)
    print(f"  {label:40} p50 {median:7.1f} ms   worst {max(times):7.1f} ms   of which own processor {own:6.1f} ms")
    return median


def find() -> None:
    """Every question as a commune, as a province and as the machine."""
    from benchmarks.people.load import communes
    from chongdich.registry.people.models import Person, Phone
    from chongdich.registry.people.queries import Scope
    from chongdich.registry.people.searching import find_people

    places = communes()
    person = Person.objects.exclude(cccd="").order_by("pk")[777]
    questions = (*QUESTIONS, person.cccd, Phone.objects.order_by("pk")[777].number)
    scopes = {
        "commune": Scope(frozenset(places[:1]), frozenset([1])),
        "district": Scope(frozenset(places[:15]), frozenset([1])),
        "province": Scope(frozenset(places), frozenset([1]), placeless=True),
        "everywhere": Scope(everywhere=True),
    }
    for name, scope in scopes.items():
        print(name)
        medians = [
            measured(f"{text!r} -> {len(find_people(text, scope))}", lambda t=text, s=scope: find_people(t, s))
            for text in questions
        ]
        print(f"  worst median {max(medians):.1f} ms")


def alike() -> None:
    """One new person against all."""
    import random

    from benchmarks.people.generate import damaged, people
    from benchmarks.people.load import communes
    from chongdich.registry.people.queries import find_alike

    places, chance = communes(), random.Random(5)
    sample = [damaged(one, places, chance) for _, one in zip(range(200), people(200, places, seed=1))]
    times, hits = [], 0
    for one in sample:
        began = time.perf_counter()
        found = find_alike(one.facets)
        times.append((time.perf_counter() - began) * 1000)
        hits += any(person.pk == one.truth + 1 for person, _ in found)
    times.sort()
    print(f"one against all: p50 {times[100]:.1f} ms, p95 {times[190]:.1f} ms, worst {times[-1]:.1f} ms")
    print(f"found {hits} of 200")


def pairs(rows: int) -> None:
    """All against all in memory, with precision and recall."""
    import resource

    from benchmarks.people.generate import with_copies
    from chongdich.registry.people.pairs import find_pairs

    listed = with_copies(rows, list(range(1, 111)))
    began = time.perf_counter()
    found = {(one, other) for one, other, _ in find_pairs([(n, row.facets) for n, row in enumerate(listed)])}
    seconds = time.perf_counter() - began
    same: dict[int, list[int]] = {}
    for number, row in enumerate(listed):
        same.setdefault(row.truth, []).append(number)
    truth = {(a, b) for group in same.values() for i, a in enumerate(group) for b in group[i + 1 :]}
    right = len(found & truth)
    precision, recall = right / len(found), right / len(truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows} rows, {len(truth)} true pairs: {seconds:.1f} s, {memory:.0f} MB, precision {precision:.3f}, "
          f"recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f}")  # fmt: skip


def main() -> None:
    which, what, *rest = [*sys.argv[1:], "sqlite", "find"][:2] + sys.argv[3:]
    rows = int(rest[0]) if rest else 1_000_000
    start(which)
    if what == "pairs":
        pairs(rows)
        return
    prepare(rows)
    {"find": find, "alike": alike}[what]()


if __name__ == "__main__":
    main()
