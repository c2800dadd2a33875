"""How long the reader takes a page of text (3,000 characters) on one core.

Run: `python benchmarks/reading.py FOLDER…` (folders of .txt files). Prints milliseconds a page.
"""

import statistics
import sys
import time
from pathlib import Path

from chongdich.domain.directives.reading import read

PAGE = 3000
ROUNDS = 5


def milliseconds_a_page(text: str) -> float:
    """The best of several rounds: other work on the machine only ever adds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        read(text)
        best = min(best, time.process_time() - start)
    return best * 1000 / max(1.0, len(text) / PAGE)


def main(folders: list[str]) -> None:
    times = {
        path.name: milliseconds_a_page(path.read_text("utf-8"))
        for f in folders
        for path in sorted(Path(f).glob("*.txt"))
    }
    for name, taken in times.items():
        print(f"{taken:7.1f} ms a page  {name}")
    print(f"median {statistics.median(times.values()):.1f} ms, worst {max(times.values()):.1f} ms a page")


if __name__ == "__main__":
    main(sys.argv[1:])
