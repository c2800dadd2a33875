"""Documents written for the purpose, one of each kind and layout: decision, telegram, party letter, plan, report."""

from pathlib import Path

import pytest
import yaml

from chongdich.domain.directives.reading import read

CASES = sorted((Path(__file__).parent / "reading" / "written").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_document_written_for_the_purpose(case):
    gold = yaml.safe_load(case.with_suffix(".yaml").read_text(encoding="utf-8"))
    found = read(case.read_text(encoding="utf-8")).to_gold()
    obligations, citations, signer = (gold.pop(key) for key in ("obligations", "citations", "signer"))
    assert {key: found[key] for key in gold} == gold
    assert found["signatory"]["name"] == signer
    assert [[c["number"], c["date"]] for c in found["citations"]] == citations
    keys = ("path", "lead", "coordinating", "deadline")
    assert [{k: o[k] for k in keys} for o in found["obligations"]] == [{k: o[k] for k in keys} for o in obligations]
    assert all(o["text"].startswith(g["starts_with"].rstrip()) for o, g in zip(found["obligations"], obligations))
