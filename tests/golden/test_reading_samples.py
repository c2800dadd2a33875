"""The shipped sample dispatches are read as their writers say: head, citations, and who owes what."""

import json
from pathlib import Path

import pytest

from chongdich.core.vietnamese import squeeze
from chongdich.domain.directives.reading import read
from chongdich.universe import samples

HEAD = ("number", "symbol", "date", "date_precision", "place", "kind", "issuer", "subject", "archive")


def gold(sample: Path) -> dict[str, object]:
    [(_, fields)] = json.loads(samples.gold_of(sample).read_text("utf-8")).items()
    return fields


def said(value: object) -> object:
    return squeeze(value) if isinstance(value, str) else value


@pytest.mark.parametrize("sample", samples.texts(), ids=lambda path: path.stem)
def test_the_head_is_read(sample: Path) -> None:
    found = read(sample.read_text("utf-8")).to_gold()
    wanted = gold(sample)
    assert {name: said(found[name]) for name in HEAD} == {name: said(wanted[name]) for name in HEAD}


@pytest.mark.parametrize("sample", samples.texts(), ids=lambda path: path.stem)
def test_every_instruction_is_found_with_who_owes_it(sample: Path) -> None:
    found = read(sample.read_text("utf-8")).to_gold()["obligations"]
    wanted = gold(sample)["obligations"]
    assert isinstance(wanted, list)
    assert [(o["path"], squeeze(o["starts_with"])[:50], o["lead"]) for o in found] == [
        (o["path"], squeeze(o["starts_with"])[:50], o["lead"]) for o in wanted
    ]


@pytest.mark.parametrize("sample", samples.texts(), ids=lambda path: path.stem)
def test_citations_are_found(sample: Path) -> None:
    found = {c["number"] for c in read(sample.read_text("utf-8")).to_gold()["citations"]}
    assert found == {c["number"] for c in gold(sample)["citations"]}  # type: ignore[attr-defined]
