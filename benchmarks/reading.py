"""How long the reader takes a page of text (3,000 characters) on one core.

Run: `python -m benchmarks.reading [FOLDER…]` (folders of .txt files; without one the shipped samples). Prints
milliseconds a page, process CPU time.
"""

import statistics
import sys
import time
from pathlib import Path

from chongdich.domain.directives.reading import read
from chongdich.universe import samples

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
    paths = [path for folder in folders for path in sorted(Path(folder).glob("*.txt"))] or samples.texts()
    times = {path.name: milliseconds_a_page(path.read_text("utf-8")) for path in paths}
    for name, taken in times.items():
        print(f"{taken:7.1f} ms a page  {name}")
    print(f"median {statistics.median(times.values()):.1f} ms, worst {max(times.values()):.1f} ms a page")


if __name__ == "__main__":
    main(sys.argv[1:])
