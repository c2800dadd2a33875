"""How fast the law loads and answers: `python -m benchmarks.regulations [tables]`.

Loads a folder of that many tables (a thousand unless told) as copies of the shipped ones, without and with the
compiled cache, then times lookups on the shipped tables. Prints medians; asserts nothing.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from chongdich.regulations import Law
from chongdich.regulations.reading import TABLES

DAY = date(2022, 2, 21)
REPEATS = 7


def main(tables: int = 1000) -> None:
    with tempfile.TemporaryDirectory() as room:
        folder, cache = Path(room) / "tables", Path(room) / "cache"
        size = _copies(folder, tables)
        print(f"{tables} tables, {size / 1e6:.2f} MB of YAML")
        _say("load, nothing cached", lambda: Law.load(folder, cache=False), 1, repeats=2)
        Law.load(folder, cache=cache)
        _say("load, cache warm", lambda: Law.load(folder, cache=cache), 1)
        _say("load, cache warm, every table compiled", lambda: list(Law.load(folder, cache=cache).tables()), 1)
    _lookups(Law.load(cache=False))


def _copies(folder: Path, tables: int) -> int:
    """Copies of the shipped tables under new subjects until there are enough; the bytes written."""
    shipped = [path for path in sorted((TABLES / "covid19").rglob("*.yaml")) if path.name != "pack.yaml"]
    pack = folder / "covid19"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text((TABLES / "covid19/pack.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for number in range(tables):
        source = shipped[number % len(shipped)]
        target = pack / f"{source.parent.name}_{number // len(shipped)}" / source.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(source.read_bytes() + f"# {number}\n".encode())
    return sum(path.stat().st_size for path in pack.rglob("*.yaml"))


def _lookups(law: Law) -> None:
    times = 50_000
    given = {"doses": 2, "days_since_last_dose": 30, "recovered": False}
    law_of_day = law.on(DAY)
    _say("value, plain", lambda: law.value("contacts/f1_distance_m", on=DAY), times)
    _say("value, plain, as known on a day", lambda: law.value("contacts/f1_distance_m", on=DAY, known_on=DAY), times)
    _say("value, one condition", lambda: law.value("quarantine/f1_days", on=DAY, protection="none"), times)
    _say("value, of a tree of tables", lambda: law.value("quarantine/f1_days", on=DAY, **given), times)
    _say("value, law of a day", lambda: law_of_day.value("contacts/f1_distance_m"), times)
    _say("decide, one condition", lambda: law.decide("quarantine/contact", on=DAY, protection="none"), 5_000)
    _say("decide, a tree of tables", lambda: law.decide("quarantine/contact", on=DAY, **given), 5_000)
    decision = law.decide("quarantine/contact", on=DAY, **given)
    _say("explain", lambda: law.explain(decision).text(), 2_000)


def _say(label: str, deed: Callable[[], object], times: int, repeats: int = REPEATS) -> None:
    spent = [_timed(deed, times) for _ in range(repeats)]
    each = statistics.median(spent) / times
    text = f"{each * 1e3:9.1f} ms" if each > 1e-3 else f"{each * 1e6:9.2f} µs"
    print(f"{label:45}{text}")


def _timed(deed: Callable[[], object], times: int) -> float:
    begun = time.perf_counter()
    for _ in range(times):
        deed()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
