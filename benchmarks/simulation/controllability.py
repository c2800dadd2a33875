"""Probability of control by R0, share of contacts traced and initial cases, after Hellewell et al. 2020.

python -m benchmarks.simulation.controllability OUT.json [OUTBREAKS]     run and draw
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from charts import Axis, Line, draw
from tests.verification.simulation_checks import controlled, hellewell_population

PICTURES = Path(__file__).parents[2] / "docs" / "reference" / "simulation"
R0S, COVERAGES, CASES = (1.5, 2.5, 3.5), (0.0, 0.2, 0.4, 0.6, 0.8, 1.0), (5, 20, 40)
PEOPLE = 20_000
# The study's own model run line by line again, 1,000 outbreaks a cell (15 % of transmission before symptoms, short
# delay, none asymptomatic): percent controlled, by R0 and initial cases, at the coverages above. None: not tabulated.
STUDY: dict[tuple[float, int], tuple[int, ...]] = {
    (1.5, 5): (79, 88, 95, 99, 100, 100),
    (1.5, 20): (41, 58, 82, 97, 100, 100),
    (1.5, 40): (19, 39, 72, 93, 100, 100),
    (2.5, 5): (44, 50, 64, 78, 96, 100),
    (2.5, 20): (5, 9, 17, 43, 88, 100),
    (2.5, 40): (1, 2, 6, 22, 78, 100),
    (3.5, 5): (32, 36, 39, 52, 77, 100),
    (3.5, 20): (2, 2, 4, 8, 39, 100),
    (3.5, 40): (0, 0, 0, 1, 18, 99),
}


def curves(outbreaks: int) -> dict[str, list[float]]:
    """Percent controlled for each "R0, cases", in the order of COVERAGES."""
    population = hellewell_population(people=PEOPLE)
    found = {}
    for r0, cases in STUDY:
        shares = [100 * controlled(population, r0, traced, cases, outbreaks) for traced in COVERAGES]
        found[f"{r0}, {cases}"] = shares
        print(r0, cases, shares, flush=True)
    return found


def pictures(found: dict[str, list[float]]) -> None:
    traced = [100 * share for share in COVERAGES]
    axes = Axis("contacts traced, %", (0, 20, 40, 60, 80, 100)), Axis("outbreaks controlled, %", (0, 25, 50, 75, 100))
    for cases in CASES:
        lines = [Line(f"R0 = {r0}", traced, found[f"{r0}, {cases}"]) for r0 in R0S]
        lines += [Line(f"study, {r0}", traced, [float(p) for p in STUDY[r0, cases]]) for r0 in R0S]
        draw(PICTURES / f"control-{cases}.svg", f"Control, {cases} initial cases", *axes, lines)


def table(found: dict[str, list[float]], outbreaks: int) -> str:
    """Ours / the study's, percent."""
    head = [f"| R0, initial cases | {' | '.join(f'{share:.0%}' for share in COVERAGES)} |", "|---|" + "---|" * 6]
    rows = [
        f"| {r0}, {cases} | "
        + " | ".join(f"{ours:.0f} / {theirs}" for ours, theirs in zip(found[f"{r0}, {cases}"], STUDY[r0, cases]))
        + " |"
        for r0, cases in STUDY
    ]
    return f"{outbreaks} outbreaks a cell; ours / the study's model, % controlled, by share of contacts traced.\n\n" + (
        "\n".join(head + rows) + "\n"
    )


def main() -> None:
    outbreaks = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    found = curves(outbreaks)
    Path(sys.argv[1]).write_text(json.dumps({"outbreaks": outbreaks, "found": found}), encoding="utf-8")
    pictures(found)


if __name__ == "__main__":
    main()
