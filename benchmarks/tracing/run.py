"""One run, same questions, same answers: the tracing engine and general engines on a generated province-month.

    python benchmarks/tracing/run.py --rows 20000000 --peers duckdb,sqlite,polars,postgresql --dsn dbname=bench_tracing
    python benchmarks/tracing/run.py --rows 20000000 --months 5 --peers none

Needs duckdb, polars and psycopg for the peers asked for. Writes results.md beside itself (`--write` another path).
"""

import argparse
import gc
import json
import os
import platform
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import peers
import province
from peers import RULE, Answer, forget, timed

from chongdich.kernels.tracing import engine, scan
from chongdich.kernels.tracing.store import TracingStore
from chongdich.kernels.tracing.words import Case, Presences

HERE = Path(__file__).parent
DAY = 86_400


def questions(count: int, seed: int, month: int) -> list[Case]:
    """Cases infectious for a week, somewhere in the middle of the last month."""
    chance = np.random.default_rng(seed)
    since = (31 * month + chance.integers(5, 20, count)) * DAY
    return [
        Case(int(who), int(at), int(at + 7 * DAY)) for who, at in zip(chance.integers(0, province.PEOPLE, count), since)
    ]


class Ours(peers.Peer):
    name = "Chống dịch tracing store"

    def load_months(self, folder: Path, months: int, rows: int) -> Presences:
        store = TracingStore.create(folder / "store")  # the last month is kept in memory for the peers
        store.set_distance(dict(enumerate(province.places().tolist())))
        self.folder = store.folder
        for month in range(months):
            presences = province.month(rows, seed=month + 1, first_day=31 * month)
            self.seconds, _ = timed(store.append, presences)
            store.seal()
        self.files = [path for path in store.folder.iterdir() if path.name.startswith("segment")]
        return presences

    def reuse(self, folder: Path, months: int, rows: int) -> Presences:
        self.folder = folder
        self.files = [path for path in folder.iterdir() if path.name.startswith("segment")]
        return province.month(rows, seed=months, first_day=31 * (months - 1))

    def open(self) -> None:
        self.store = TracingStore(self.folder)

    def close(self) -> None:
        """Let go of the mapped files: pages in use cannot be forgotten."""
        del self.store, self.last
        gc.collect()

    def ask(self, cases: Sequence[Case]) -> np.ndarray:
        self.last = engine.trace(self.store.snapshot(), cases, RULE)
        return self.last.table[["person", "level", "is_case", "meetings", "first", "last", "longest"]]


def measure(
    peer: peers.Peer, sets: dict[int, list[list[Case]]], truth: dict[tuple[int, int], Answer]
) -> dict[str, Any]:
    """Median seconds by number of cases, each question asked a first time and again; answers compared."""
    peer.open()
    peer.ask(sets[1][-1])
    found: dict[str, Any] = {"name": peer.name, "differences": 0}
    for size, batches in sets.items():
        for turn in ("first", "again"):
            times: list[float] = []
            for at, cases in enumerate(batches):
                seconds, raw = timed(peer.ask, cases)
                times.append(seconds)
                answer = peers.numbers(raw)
                found["differences"] += truth.setdefault((size, at), answer) != answer
                if sum(times) > 60:
                    break
            found[str(size) if turn == "again" else f"{size} {turn}"] = float(np.median(times))
        print(
            f"  {peer.name}: {size} cases {found[f'{size} first'] * 1e3:.2f}, {found[str(size)] * 1e3:.2f} ms",
            flush=True,
        )
    return found


def cold(peer: peers.Peer, cases: list[Case]) -> float:
    """Open and first answer with the files out of the page cache (compiled code already loaded)."""
    peer.close()
    forget(peer.files)
    return timed(lambda: (peer.open(), peer.ask(cases)))[0]


def floor(ours: Ours, batches: list[list[Case]]) -> str:
    """How far from the time it takes to fetch each cache line once, at the measured speed of this memory."""
    lines, seconds = [], []
    for cases in batches:
        taken, _ = timed(ours.ask, cases)
        asks = np.concatenate([ours.last._levels[level].asks for level in (1, 2)])
        rows = (asks[:, scan.HIGH] - asks[:, scan.LOW]).astype(int)
        lines.append(int(np.ceil(rows * 16 / 64).sum()) + len(asks) * 3 + len(ours.last.table))
        seconds.append(taken)
    memory = np.zeros(1 << 27, np.int64)
    far = np.random.default_rng(0).integers(0, len(memory), 1 << 20)
    memory[far].sum()
    fetch = timed(lambda: memory[far].sum())[0] / len(far)
    stream = timed(lambda: memory.sum())[0] / memory.nbytes
    touched, taken = np.median(lines), np.median(seconds)
    return (
        f"One case touches {touched:,.0f} cache lines ({touched * 64 / 1024:,.0f} KiB) at the median. Streamed at the "
        f"measured {1 / stream / 1e9:.1f} GB/s that is {touched * 64 * stream * 1e3:.3f} ms; as scattered lines at "
        f"{fetch * 1e9:.0f} ns each {touched * fetch * 1e3:.3f} ms; measured {taken * 1e3:.2f} ms."
    )


def chosen(names: str, dsn: str) -> list[peers.Peer]:
    """`duckdb` is all its kinds, `duckdb:sorted` those whose name begins so."""
    offered: list[tuple[str, Callable[[], peers.Peer], str]] = [
        *(("duckdb", lambda kind=kind: peers.DuckDB(kind), kind) for kind in peers.DuckDB.kinds),  # type: ignore[misc]
        ("sqlite", peers.SQLite, ""),
        ("polars", peers.Polars, ""),
        *(("postgresql", lambda kind=kind: peers.PostgreSQL(kind, dsn), kind) for kind in peers.PostgreSQL.indexes),  # type: ignore[misc]
    ]
    wanted = [tuple(name.partition(":")[::2]) for name in names.split(",")]
    return [make() for engine, make, kind in offered if any(engine == e and kind.startswith(k) for e, k in wanted)]


def report(results: list[dict[str, Any]], facts: list[str], sizes: list[int]) -> str:
    ours = results[0]
    head = "| engine | load s | cold ms | 1 case, first ms |"
    head += "".join(f" {size} case{'s' * (size > 1)} ms |" for size in sizes)
    lines = [head + " times slower |", "|---|" + "---|" * (len(sizes) + 4)]
    for row in results:
        cells = [f"{row[str(size)] * 1e3:,.1f}" if str(size) in row else "–" for size in sizes]
        ratios = " / ".join(f"{row[str(size)] / ours[str(size)]:.0f}" for size in sizes if str(size) in row)
        begin = f"| {row['name']} | {row['load']:.0f} | " + (
            f"{row['cold'] * 1e3:,.0f} | " if row.get("cold") else "– | "
        )
        begin += f"{row['1 first'] * 1e3:,.1f} | "
        lines.append(begin + " | ".join(cells) + f" | {ratios} |")
    return "\n".join(lines) + "\n\n" + "\n".join(f"* {fact}" for fact in facts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--months", type=int, default=1)
    parser.add_argument("--peers", default="duckdb,sqlite,polars")
    parser.add_argument("--dsn", default="dbname=bench_tracing")
    parser.add_argument("--store", type=Path, default=None, help="a store made before, of the same rows and months")
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--write", type=Path, default=HERE / "results.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        text = run(given, Path(folder))
    print(text)
    given.write.write_text(text)


def run(given: argparse.Namespace, folder: Path) -> str:
    sets = {
        1: [questions(1, 100 + n, given.months - 1) for n in range(41)],
        10: [questions(10, 200 + n, given.months - 1) for n in range(11)],
        1000: [questions(1000, 300 + n, given.months - 1) for n in range(3)],
    }
    truth: dict[tuple[int, int], Answer] = {}
    ours = Ours()
    if given.store:
        load, presences = timed(ours.reuse, given.store, given.months, given.rows)
    else:
        load, presences = timed(ours.load_months, folder, given.months, given.rows)
    results = [measure(ours, sets, truth) | {"load": load, "cold": cold(ours, sets[1][0])}]
    facts = [*described(ours, given, truth), floor(ours, sets[1]), *freshness(ours, given.months - 1)]
    for peer in chosen(given.peers, given.dsn):
        seconds, _ = timed(peer.load, folder, presences, province.places())
        fewer = sets if isinstance(peer, peers.DuckDB) else {size: sets[size][:21] for size in (1, 10)}
        row = measure(peer, fewer, truth) | {"load": seconds}
        row["cold"] = cold(peer, sets[1][0]) if peer.files else None
        results.append(row)
        print(json.dumps(row), flush=True)
        for path in peer.files:
            path.unlink()
        given.write.write_text(finished(given, results, facts))
    return finished(given, results, facts)


def finished(given: argparse.Namespace, results: list[dict[str, Any]], facts: list[str]) -> str:
    different = f"Answers that differ between the engines: {sum(row['differences'] for row in results)}."
    return title(given) + report(results, [*facts, different], [1, 10, 1000])


def described(ours: Ours, given: argparse.Namespace, truth: dict[tuple[int, int], Answer]) -> list[str]:
    rows = given.rows * given.months
    per_row = {}
    for kind in ("segment", "journal"):
        per_row[kind] = sum(path.stat().st_size for path in ours.folder.glob(f"{kind}-*")) / rows
    counts = []
    for size in (1, 10, 1000):
        levels = [[sum(row[1] == level for row in truth[key]) for key in truth if key[0] == size] for level in (1, 2)]
        counts.append(f"{size} case{'s' * (size > 1)}: {np.median(levels[0]):,.0f} F1, {np.median(levels[1]):,.0f} F2")
    return [
        f"{rows:,} presences of {province.PEOPLE:,} people; found at the median: " + "; ".join(counts) + ".",
        f"Disk per row: {per_row['segment']:.1f} bytes in the two sorted copies, {per_row['journal']:.1f} in the "
        "Parquet journal; memory: the pages of the copies that questions touch, plus 4 bytes a person.",
    ]


def freshness(ours: Ours, month: int) -> list[str]:
    """100,000 rows added beside the sealed ones: seconds until a question sees them, and what they cost it."""
    batch = province.month(100_000, seed=99, first_day=31 * month)
    seconds, _ = timed(lambda: (ours.store.append(batch), ours.store.snapshot()))
    other = TracingStore(ours.folder)
    reader, _ = timed(other.snapshot)
    times = [timed(ours.ask, questions(1, 100 + n, month))[0] for n in range(21)]
    correction, _ = timed(lambda: (ours.store.append(batch.take(slice(0, 1)), {5: 0}), ours.store.snapshot()))
    return [
        f"100,000 rows appended, on the disk and visible after {seconds:.2f} s (another reader opens everything "
        f"in {reader:.3f} s); one case with them beside the sealed rows {np.median(times) * 1e3:.2f} ms; "
        f"a correction of one sealed row visible after {correction:.2f} s."
    ]


def title(given: argparse.Namespace) -> str:
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    git = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, cwd=HERE).stdout.strip()
    return (
        f"# Tracing: {given.rows * given.months:,} presences\n\n"
        f"`python benchmarks/tracing/run.py --rows {given.rows} --months {given.months} --peers {given.peers}` "
        f"at {commit}, {cores} cores, load {load:.1f} at the end (shared with other work), "
        f"Python {platform.python_version()}.\n\n"
        "Medians of F1 and F2 with meetings, first, last and longest, each question asked a second time. "
        "The store also gives covered time, the "
        "person and place of the longest meeting and the order to call in. "
        "Cold: files out of the page cache, open, first question.\n\n"
    )


if __name__ == "__main__":
    main()
