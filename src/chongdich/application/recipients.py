"""Who a document goes to: the names it bears, understood as its receivers will understand them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chongdich.core.official_document import Channel, OfficialDocument
from chongdich.core.vietnamese import fold_words
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import load_directory
from chongdich.registry.organisations.resolution import Resolver
from chongdich.registry.places.kinds import Level
from chongdich.registry.places.models import Within

SAME = "nhu tren"
# Offered at the start of a draft, most used first; what they mean depends on the body's place and on the day.
# phrase -> levels whose bodies write so: a district has no "sở", a province no "phòng" of its own
GROUPS: dict[str, tuple[int, ...]] = {
    "Các sở, ban, ngành, đoàn thể": (Level.PROVINCE,),
    "Ủy ban nhân dân các huyện, thành phố": (Level.PROVINCE,),
    "Ban Chỉ đạo phòng, chống dịch Covid-19 các huyện, thành phố": (Level.PROVINCE,),
    "Các phòng, ban, ngành": (Level.DISTRICT,),
    "Ủy ban nhân dân các xã, phường, thị trấn": (Level.PROVINCE, Level.DISTRICT),
    "Ban Chỉ đạo phòng, chống dịch Covid-19 các xã, phường, thị trấn": (Level.PROVINCE, Level.DISTRICT),
}


@dataclass(frozen=True)
class Group:
    """A phrase that stands for several bodies."""

    phrase: str
    unit_ids: tuple[int, ...]

    @property
    def size(self) -> int:
        return len(self.unit_ids)


@dataclass(frozen=True)
class Receivers:
    """The bodies a document's words name, and the words that need a person: (words, question)."""

    unit_ids: tuple[int, ...] = ()
    unclear: tuple[tuple[str, str], ...] = ()


def _resolver(body: Organisation, on: date) -> Resolver:
    directory = load_directory()
    return Resolver(directory, on, directory.place_of(body.pk))


def find_groups(body: Organisation, on: date) -> list[Group]:
    """The groups of bodies that this one commonly writes to, with who is meant on a day."""
    resolver = _resolver(body, on)
    answers = [(phrase, resolver.resolve(phrase)) for phrase in _phrases(body)]
    found = [Group(phrase, _keys(answer.organisations, body)) for phrase, answer in answers if answer.kind == "each"]
    own = _own_territory(body, {key for group in found for key in group.unit_ids})
    return [group for group in found if group.size > 1 and own.issuperset(group.unit_ids)]


def _phrases(body: Organisation) -> list[str]:
    return [phrase for phrase, levels in GROUPS.items() if body.place.level in levels]


def _own_territory(body: Organisation, unit_ids: set[int]) -> set[int]:
    """Those of some bodies that stand at this body's place or below it: a district sends nothing to all departments."""
    below = Within.objects.filter(above=body.place_id).values("place")
    return set(Organisation.objects.filter(pk__in=unit_ids, place__in=below).values_list("pk", flat=True))


def find_receivers(document: OfficialDocument, body: Organisation, on: date) -> Receivers:
    """Addressees, and "Nơi nhận" by any channel but paper. A phrase that is not clear is asked, never guessed."""
    resolver = _resolver(body, on)
    unit_ids: dict[int, None] = {}
    unclear: list[tuple[str, str]] = []
    for name in _names(document):
        answer = resolver.resolve(name)
        unit_ids.update(dict.fromkeys(_keys(answer.organisations, body)))
        if answer.question:
            unclear.append((name, answer.question))
    return Receivers(tuple(unit_ids), tuple(unclear))


def _names(document: OfficialDocument) -> Sequence[str]:
    named = [*document.addressees, *(r.name for r in document.recipients if r.channel is not Channel.PAPER)]
    return list(dict.fromkeys(name for name in named if fold_words(name) != SAME and name.strip()))


def _keys(identities: Sequence[int | str], body: Organisation) -> tuple[int, ...]:
    return tuple(int(key) for key in identities if int(key) != body.pk)
