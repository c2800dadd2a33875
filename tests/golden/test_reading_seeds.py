"""The five seeds are read exactly as their gold says: header, citations, recipients and all 113 obligations."""

import pytest

from chongdich.domain.directives.reading import read
from tests.golden.reading.facts import only, seeds, settled
from tests.shared import needs_shared

pytestmark = needs_shared
HEADER = (
    "number",
    "symbol",
    "date",
    "date_precision",
    "place",
    "kind",
    "issuer",
    "subject",
    "addressees",
    "archive",
    "signatory",
)


@pytest.fixture(params=range(5))
def seed(request):
    text, gold = list(seeds().values())[request.param]
    return text, settled(gold), settled(read(text).to_gold())


def test_every_header_field(seed):
    _, gold, found = seed
    assert only(found, dict.fromkeys(HEADER)) == only(gold, dict.fromkeys(HEADER))
    assert found.get("received") == gold.get("received")


def test_recipients_with_purpose(seed):
    _, gold, found = seed
    assert [(r["name"], r["purpose"]) for r in found["recipients"]] == [
        (r["name"], r["purpose"]) for r in gold["recipients"]
    ]


def test_citations_with_dates(seed):
    _, gold, found = seed
    assert [(c["number"], c["date"]) for c in found["citations"]] == [
        (c["number"], c["date"]) for c in gold["citations"]
    ]


def test_obligations_with_path_and_units(seed):
    _, gold, found = seed
    keys = ("path", "starts_with", "lead", "coordinating")
    assert [{k: o[k] for k in keys} for o in found["obligations"]] == [
        {k: o[k] for k in keys} for o in gold["obligations"]
    ]


def test_spans_point_at_what_was_read(seed):
    text, _, _ = seed
    reading = read(text)
    for clause in reading.clauses:
        start, end = clause.span
        assert clause.text[:12] in text[start:end].replace("*", "").replace("\n", " ")
        for unit in clause.lead:
            if unit.origin == "own" and unit.span:
                assert text[slice(*unit.span)].split()[0] == unit.name.split()[0]


def test_all_113_obligations_are_there():
    assert sum(len(read(text).clauses) for text, _ in seeds().values()) == 113
