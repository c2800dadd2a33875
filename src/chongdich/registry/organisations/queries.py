"""Ask about organisations. `find_` may be empty, `get_` answers or raises NotFound."""

from datetime import date

from django.db.models import Q, QuerySet

from chongdich.core.errors import NotFound
from chongdich.core.vietnamese import fold_words
from chongdich.registry.organisations.catalogue import body_kinds
from chongdich.registry.organisations.directory import Directory
from chongdich.registry.organisations.generation import Body
from chongdich.registry.organisations.models import Line, Organisation, Standing
from chongdich.registry.places.models import Place, Within
from chongdich.registry.places.queries import load_gazetteer


def _lives(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def get_organisation(key: str) -> Organisation:
    """The organisation of a key such as "ubnd:061@2020-02-01"."""
    organisation = Organisation.objects.select_related("place").filter(key=key).first()
    if organisation is None:
        raise NotFound(f"Không có cơ quan “{key}”.", where="organisation")
    return organisation


def get_body(kind: str, place: Place, on: date) -> Organisation:
    """The one body of a kind at a place on a day."""
    body = Organisation.objects.filter(_lives(on), kind=kind, place=place).first()
    if body is None:
        raise NotFound(f"{place} không có cơ quan loại “{kind}” vào ngày {on:%d/%m/%Y}.", where="organisation")
    return body


def find_organisations(text: str, on: date, within: Place | None = None) -> QuerySet[Organisation]:
    """Organisations whose names hold every word of a text, with or without diacritics, in a place and below it."""
    found = Organisation.objects.filter(_lives(on)).select_related("place")
    for word in fold_words(text).split():
        found = found.filter(search__contains=word)
    if within is not None:
        found = found.filter(place__in=Within.objects.filter(above=within).values("place"))
    return found.order_by("place__level", "place__code", "key")


def find_bodies_at(place: Place, on: date) -> QuerySet[Organisation]:
    """Every body at a place on a day, not below it."""
    return Organisation.objects.filter(_lives(on), place=place)


def find_superiors(organisation: Organisation, on: date, line: str = Line.TERRITORIAL) -> QuerySet[Organisation]:
    """Whom an organisation stands directly under on a day."""
    edges = Standing.objects.filter(_lives(on), child=organisation, line=line)
    return Organisation.objects.filter(pk__in=edges.values("parent"))


def find_subordinates(organisation: Organisation, on: date, line: str = Line.TERRITORIAL) -> QuerySet[Organisation]:
    """Who stands directly under an organisation on a day."""
    edges = Standing.objects.filter(_lives(on), parent=organisation, line=line)
    return Organisation.objects.filter(pk__in=edges.values("child"))


def load_directory() -> Directory:
    """All organisations and places in memory, two queries; keep it while documents are read."""
    gazetteer = load_gazetteer()
    keys = {entry.id: entry.key for entry in gazetteer.places.values()}
    rows = Organisation.objects.values_list(
        "pk", "key", "kind", "name", "short_name", "symbol", "place_id", "since", "until"
    )
    bodies = [Body(*row[:6], keys[row[6]], *row[7:]) for row in rows.order_by("pk")]
    return Directory(gazetteer, bodies, body_kinds())


def get_organisation_by_id(organisation_id: int) -> Organisation:
    """One body with its place; raises NotFound."""
    found = Organisation.objects.select_related("place").filter(pk=organisation_id).first()
    if found is None:
        raise NotFound("Không có cơ quan này trong danh mục.", str(organisation_id))
    return found


def find_superior_name(organisation: Organisation, on: date) -> str:
    """The name of the body that a document's head shows above the issuing one; empty for a committee."""
    superior = find_superiors(organisation, on).first()
    return superior.name if superior else ""
