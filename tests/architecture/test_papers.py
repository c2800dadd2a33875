"""MAP.md and GLOSSARY.md tell the truth."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "chongdich"
MAP = (ROOT / "MAP.md").read_text("utf-8")
HIDDEN = {"__pycache__", "static"}


def folders(parent: Path) -> set[str]:
    return {p.name for p in parent.iterdir() if p.is_dir() and p.name not in HIDDEN and not p.name.startswith(".")}


def test_every_layer_is_on_the_map_and_the_other_way_round() -> None:
    named = set(re.findall(r"`src/chongdich/(\w+)`", MAP))
    assert named == folders(PACKAGE)


def test_every_room_kernel_and_registry_is_on_the_map() -> None:
    for layer in ("domain", "registry", "kernels", "integrations"):
        line = next(line for line in MAP.splitlines() if f"`src/chongdich/{layer}`" in line)
        named = set(re.findall(r"`(\w+)/`", line))
        assert named == folders(PACKAGE / layer), layer


def test_every_kind_of_test_is_on_the_map() -> None:
    line = next(line for line in MAP.splitlines() if line.startswith("| `tests`"))
    assert set(re.findall(r"(\w+)/", line)) == folders(ROOT / "tests")


def test_layers_stand_in_the_order_that_the_contract_holds() -> None:
    named = re.findall(r"`src/chongdich/(\w+)`", MAP)
    order = ["config", "web", "application", "domain", "registry", "regulations", "core"]
    assert [name for name in named if name in order] == order


def test_the_glossary_explains_each_word_once() -> None:
    rows = [
        line.split("|")[1].strip() for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines()[6:] if "|" in line
    ]
    words = [word.strip() for row in rows for word in re.sub(r"\(.*?\)", "", row).split(",")]
    assert len(rows) == len(set(rows))
    assert {"case", "contact", "directive", "clause", "task", "journey", "fact", "level"} <= set(words)


def test_the_glossary_covers_rooms_models() -> None:
    """The nouns a newcomer meets first: each model of a room has its word (or is a part of one that has)."""
    from django.apps import apps

    text = (ROOT / "GLOSSARY.md").read_text("utf-8").lower()
    parts = {
        "sourcefile",
        "clauseunit",
        "numberbook",
        "issuednumber",
        "draftversion",
        "extension",
        "importrow",
        "followup",
    }
    for room in ("directives", "lab", "cases", "contacts"):
        for model in apps.get_app_config(room).get_models():
            name = model._meta.model_name or ""
            assert name in parts or name in text, name


def test_the_readme_shows_a_picture_and_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", readme)
    assert pictures
    assert all((ROOT / picture).exists() for picture in pictures)
    assert "make run" in readme
    assert "make test" in readme
    for link in re.findall(r"\]\(([\w./-]+)\)", readme):
        assert (ROOT / link).exists(), link
