"""`make test`: style, then the tests on SQLite, in the browser, and those that touch the database on PostgreSQL.

Types and layers are looked at beside the browser tests, which leave one core alone for most of their time.

PostgreSQL is looked for at CHONGDICH_TEST_POSTGRES_URL; where no server answers this is said at the end and in the
output, and with CI=true it is an error.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
POSTGRES = os.environ.get("CHONGDICH_TEST_POSTGRES_URL", "postgresql://chongdich:chongdich@127.0.0.1:5432/chongdich")
CI = os.environ.get("CI") == "true"


def step(name: str, command: list[str], **extra: str) -> bool:
    """Run one step; say how long it took."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **extra}, check=False)
    print(f"== {name}: {'được' if done.returncode == 0 else 'HỎNG'} ({time.monotonic() - started:.0f} s)", flush=True)
    return done.returncode == 0


class Beside:
    """A step that runs while another one does; what it says is shown when it is asked how it ended."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.started, self.said = name, time.monotonic(), tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=self.said, stderr=subprocess.STDOUT, text=True)

    def ended_well(self) -> bool:
        code = self.process.wait()
        self.said.seek(0)
        print(f"\n== {self.name}\n{self.said.read()}== {self.name}: {'được' if code == 0 else 'HỎNG'}", flush=True)
        return code == 0


def tests(name: str, arguments: list[str], **extra: str) -> bool:
    """Run tests; what failed is run once more alone, and both runs are shown: a browser or a killed process may be
    late on a busy machine, a fault fails twice."""
    command = [str(BIN / "pytest"), *arguments]
    if step(name, command, **extra):
        return True
    return step(
        f"{name}: riêng những test vừa hỏng, lần nữa",
        [str(BIN / "pytest"), "--lf", "--lfnf=none", *_marks(arguments)],
        **extra,
    )


def _marks(arguments: list[str]) -> list[str]:
    return arguments[arguments.index("-m") :] if "-m" in arguments else []


def postgres_answers() -> bool:
    """Whether the PostgreSQL server for the tests can be reached."""
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def main() -> int:
    tool = lambda name: str(BIN / name)  # noqa: E731
    workers = ["-n", os.environ.get("CHONGDICH_TEST_WORKERS", "2"), "--dist", "loadfile"]
    workers.append("--no-loadscope-reorder")  # conftest puts the longest files first
    good = [
        step("ruff", [tool("ruff"), "check", "--output-format", "concise", "."]),
        step("ruff format", [tool("ruff"), "format", "--check", "--quiet", "."]),
        tests("tests, SQLite", [*workers, "-m", "not browser"]),
    ]
    beside = Beside("import-linter, mypy", ["sh", "-c", '"$0" --no-cache && "$1"', tool("lint-imports"), tool("mypy")])
    good += [tests("tests, browser", ["-m", "browser"]), beside.ended_well()]
    if postgres_answers():
        marked = ["-m", "database and not browser"]
        good.append(tests("tests, PostgreSQL", [*workers, *marked], DATABASE_URL=POSTGRES))
    else:
        print(f"\n== tests, PostgreSQL: BỎ QUA, không có máy chủ trả lời tại {POSTGRES.rsplit('@', 1)[-1]}", flush=True)
        good.append(not CI)
    print("\nTất cả đều được." if all(good) else "\nCÓ BƯỚC HỎNG.", flush=True)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
