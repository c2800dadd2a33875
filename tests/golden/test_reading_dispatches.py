"""Real dispatches, most of them noisy scans, judged against facts corrected by eye: a guard against losing ground.

The facts were drafted by the reader itself before they were corrected, so they are no independent measure.
"""

from pathlib import Path

import pytest
import yaml

from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.reading import read
from tests.golden.reading.facts import scorer
from tests.shared import needs_shared, shared

pytestmark = needs_shared
FACTS = sorted((Path(__file__).parent / "reading").glob("dispatch_*.yaml"))
HEADER = ("number", "symbol", "date", "date_precision", "place", "kind", "issuer", "superior", "addressees")


@pytest.fixture(params=FACTS, ids=lambda path: path.stem)
def dispatch(request):
    gold = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    text = shared("dispatches", f"{request.param.stem.split('_')[1]}.txt").read_text(encoding="utf-8")
    return gold, read(text).to_gold()


def test_header_and_citations(dispatch):
    gold, found = dispatch
    assert {key: found[key] for key in HEADER} == {key: gold[key] for key in HEADER}
    assert [(c["number"], c["date"]) for c in found["citations"]] == [
        (c["number"], c["date"]) for c in gold["citations"]
    ]


def test_obligations(dispatch):
    gold, found = dispatch
    assert [(o["path"], o["deadline"]) for o in found["obligations"]] == [
        (o["path"], o["deadline"]) for o in gold["obligations"]
    ]
    for expected, clause in zip(gold["obligations"], found["obligations"], strict=True):
        assert fold_words(clause["text"]).startswith(fold_words(expected["starts_with"]))


def test_units_alike_but_for_scanning_errors(dispatch):
    gold, found = dispatch
    for expected, clause in zip(gold["obligations"], found["obligations"], strict=True):
        for role in ("lead", "coordinating"):
            assert len(clause[role]) == len(expected[role])
            assert all(map(scorer().unit_eq, expected[role], clause[role]))
