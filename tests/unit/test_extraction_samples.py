"""The dispatches shipped for the demonstration, with what is to be read in them, and the scans of three of them."""

import json

import pytest
from PIL import Image, ImageChops, ImageStat

from chongdich.core.vietnamese import squeeze
from chongdich.universe import samples
from chongdich.universe.samples import make_scans

FIELDS = {"number", "symbol", "date", "date_precision", "place", "kind", "issuer", "subject", "addressees"}
FIELDS |= {"signatory", "archive", "recipients", "citations", "obligations"}


@pytest.mark.parametrize("path", samples.texts(), ids=lambda path: path.stem)
def test_the_gold_is_in_the_text(path) -> None:
    [(name, gold)] = json.loads(samples.gold_of(path).read_text(encoding="utf-8")).items()
    text = squeeze(path.read_text(encoding="utf-8").replace("*", ""))
    assert name == path.name
    assert set(gold) >= FIELDS
    for said in (gold["subject"], gold["archive"], gold["signatory"]["name"]):
        assert said in text
    for obligation in gold["obligations"]:
        assert obligation["starts_with"] in text
        assert all(unit in text for unit in obligation["coordinating"])
    assert all(citation["number"] in text for citation in gold["citations"])


def test_there_are_three_small_scans_of_samples() -> None:
    assert len(samples.scans()) == 3
    for scan in samples.scans():
        assert scan.stat().st_size < 300_000
        assert samples.gold_of(scan).is_file()


def test_the_scans_are_made_by_their_script(tmp_path) -> None:
    try:
        made = next(iter(make_scans.make_all(tmp_path)))
    except FileNotFoundError as missing:
        pytest.skip(f"the fonts are not installed: {missing}")
    with Image.open(made) as new, Image.open(samples.FOLDER / made.name) as old:
        difference = ImageChops.difference(new.convert("L"), old.convert("L"))
    assert ImageStat.Stat(difference).mean[0] < 1
