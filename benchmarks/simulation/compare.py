"""Nine outputs of both tools side by side: ratio of means, z of the difference, Kolmogorov-Smirnov p.

python compare.py FILE.jsonl [FILE.jsonl ...]
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy import stats

OUTPUTS = (
    "infections",
    "tests",
    "diagnoses",
    "quarantined",
    "severe",
    "deaths",
    "peak_incidence",
    "peak_quarantine",
    "peak_hospital",
)


def load(paths: list[str]) -> list[dict]:
    return [json.loads(line) for path in paths for line in Path(path).read_text().splitlines()]


def row(theirs: np.ndarray, ours: np.ndarray) -> tuple[float, float, float, float]:
    """Ratio of means, its standard error, z, KS p."""
    error = np.sqrt(theirs.var(ddof=1) / len(theirs) + ours.var(ddof=1) / len(ours))
    ratio = ours.mean() / theirs.mean()
    z = (ours.mean() - theirs.mean()) / error
    return ratio, error / theirs.mean(), z, stats.ks_2samp(theirs, ours).pvalue


def table(lines: list[dict], regime: str) -> list[tuple]:
    def side(tool: str) -> list[dict]:
        return [line for line in lines if line["tool"] == tool and line["regime"] == regime]

    theirs, ours = side("covasim"), side("chongdich")
    rows = []
    for name in OUTPUTS:
        a, b = np.array([line[name] for line in theirs]), np.array([line[name] for line in ours])
        rows.append((name, len(a), len(b), a.mean(), *row(a, b)))
    return rows


def main() -> None:
    lines = load(sys.argv[1:])
    for regime in sorted({line["regime"] for line in lines}):
        print(f"\n{regime}\noutput            n(Covasim)  n(ours)  Covasim mean   ratio   +-SE     z    KS p")
        for name, theirs, ours, mean, ratio, error, z, p in table(lines, regime):
            print(f"{name:18s}{theirs:9d}{ours:9d}{mean:14.1f}{ratio:9.4f}{error:8.4f}{z:7.2f}{p:8.3f}")


if __name__ == "__main__":
    main()
