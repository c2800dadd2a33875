"""The English catalogue, kept with Babel alone: msgids are the Vietnamese words in the code, so Vietnamese needs none.

`extract` reads templates and Python below web/ and the words that the rooms keep in tables; translations made so far
stay. `compile_catalogue` writes the .mo that Django reads. Both files are in version control and carry no dates.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from chongdich.web.kit.words import collected

WEB = Path(__file__).resolve().parents[1]
PO = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # Babel insists on one
_PASSING = (
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Generated-By',
    '"Last-Translator',
    '"Report-Msgid',
    '"Language-Team',
)
_LEFT_OUT = ("styleguide", "locale", "static")


def extract() -> Catalog:
    """The catalogue with every word now in the code; those no longer there are dropped."""
    fresh = _catalogue()
    for place, message, context in [*_from_files(), *((("tables", 0), word, None) for word in collected())]:
        fresh.add(message, locations=[place], context=context)
    kept = read() if PO.exists() else _catalogue()
    kept.update(fresh, no_fuzzy_matching=True)
    kept.obsolete.clear()
    return kept


def read() -> Catalog:
    """The catalogue as it stands."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def write(catalogue: Catalog) -> None:
    """Keep it, sorted and without dates or line numbers, so that two people's changes meet without a conflict."""
    out = BytesIO()
    catalogue.header_comment = "# English words of the screens; a msgid is the Vietnamese in the code."
    catalogue.fuzzy = False
    write_po(out, catalogue, sort_output=True, include_lineno=False, no_location=True, width=120)
    lines = out.getvalue().decode().splitlines(keepends=True)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text("".join(line for line in lines if not line.startswith(_PASSING)), encoding="utf-8")


def compiled(catalogue: Catalog) -> bytes:
    """The bytes of the .mo; the same catalogue always gives the same bytes."""
    catalogue.creation_date = catalogue.revision_date = _NO_DAY
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def compile_catalogue() -> None:
    """Write the .mo beside the .po."""
    MO.write_bytes(compiled(read()))


def missing(catalogue: Catalog) -> list[str]:
    """Words without English."""
    return [_first(message.id) for message in catalogue if message.id and not _has_words(message.string)]


def _first(message: object) -> str:
    return message[0] if isinstance(message, (tuple, list)) else str(message)


def _has_words(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def _catalogue() -> Catalog:
    return Catalog(locale="en", project="Chống dịch", charset="utf-8", creation_date=_NO_DAY, revision_date=_NO_DAY)


Found = tuple[tuple[str, int], str | tuple[str, ...], str | None]


def _from_files() -> Iterator[Found]:
    for path in sorted(WEB.rglob("*")):
        if path.suffix in (".html", ".txt", ".py") and not any(part in _LEFT_OUT for part in path.parts):
            yield from _from_file(path)


def _flush_left(source: str) -> str:
    """Without indentation: what a template becomes is tokenised as Python, which would mind it."""
    return "\n".join(line.lstrip() for line in source.split("\n"))


def _from_file(path: Path) -> Iterator[Found]:
    text = path.read_text(encoding="utf-8")
    source = text if path.suffix == ".py" else _flush_left(templatize(text, origin=str(path)))
    found: Iterable[tuple[int, object, list[str], str | None]] = babel_extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    )
    for line, message, _comments, context in found:
        yield (str(path.relative_to(WEB)), line), message, context  # type: ignore[misc]
