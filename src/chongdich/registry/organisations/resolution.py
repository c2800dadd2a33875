"""From a unit phrase of a document to organisations: relative to who issued it and to the day. Pure.

What a phrase leaves open is never filled in silently: the answer is then "group" or "unresolved", with a question
in Vietnamese and suggestions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rapidfuzz import fuzz, process

from chongdich.core.vietnamese import squeeze
from chongdich.registry.organisations.catalogue import groups
from chongdich.registry.organisations.directory import DayDirectory, Directory, sorted_words
from chongdich.registry.organisations.generation import Body
from chongdich.registry.organisations.grammar import Mention, Parsed, Part, parse
from chongdich.registry.organisations.placing import Placing
from chongdich.registry.organisations.spread import split_at_and, spread
from chongdich.registry.organisations.vocabulary import Vocabulary, vocabulary
from chongdich.registry.places.kinds import Level

SUGGEST_FROM = 80.0  # similarity (0-100) of folded names from which an organisation is worth suggesting
SUGGEST_AT_MOST = 6

Identity = int | str
Kind = Literal["one", "each", "group", "unresolved"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The organisations of a phrase.

    one: exactly one body. each: several, all of them named by the phrase. group: a collective whose members a person
    must choose (`organisations` are those certain, `suggestions` the likely rest). unresolved: a person must say.
    `persons` keeps the words for people ("CT, các PCT"): the body is the one they lead or belong to.
    """

    phrase: str
    kind: Kind
    organisations: list[Identity] = field(default_factory=list)
    question: str = ""
    suggestions: list[Identity] = field(default_factory=list)
    persons: str = ""


class _Answer:
    """Collected while the parts of a phrase are resolved, each organisation once, in order."""

    def __init__(self) -> None:
        self.certain: dict[Identity, None] = {}
        self.likely: dict[Identity, None] = {}
        self.questions: list[str] = []
        self.asks_members = False

    def add(self, bodies: Iterable[Body]) -> None:
        self.certain.update(dict.fromkeys(body.id for body in bodies))

    def suggest(self, bodies: Iterable[Body]) -> None:
        self.likely.update(dict.fromkeys(body.id for body in bodies))


class Resolver:
    """Resolves phrases of documents of one issuer's place on one day. `issuer_place` None: the issuer is not known."""

    def __init__(
        self, directory: Directory, on: date, issuer_place: str | None, words: Vocabulary | None = None
    ) -> None:
        self.directory = directory
        self.day: DayDirectory = directory.on(on)
        self.place = issuer_place
        self.on = on
        self.words = words or vocabulary()
        self.placing = Placing(directory, self.day, issuer_place)

    def resolve(self, phrase: str, addressees: Sequence[Identity] = ()) -> Resolution:
        """The organisations of a phrase; `addressees` are those of the document, for "Như trên" and open groups."""
        whole = self._as_written(phrase, addressees)
        return whole if whole.kind != "unresolved" else self._as_list(phrase, addressees) or whole

    def _as_list(self, phrase: str, addressees: Sequence[Identity]) -> Resolution | None:
        """A list under one head, when every item of it is certain: "Các Sở: Tài chính, Y tế"."""
        answers = [answer for item in spread(phrase) for answer in self._certain(item, addressees)]
        if not answers or any(answer.kind not in ("one", "each") for answer in answers):
            return None
        found = list(dict.fromkeys(one for answer in answers for one in answer.organisations))
        return Resolution(squeeze(phrase), "one" if len(found) == 1 else "each", found)

    def _certain(self, item: str, addressees: Sequence[Identity]) -> list[Resolution]:
        """The item as one phrase or, where that is unknown, as two around an "và"."""
        whole = self._as_written(item, addressees)
        if whole.kind != "unresolved":
            return [whole]
        for halves in split_at_and(item):
            answers = [self._as_written(half, addressees) for half in halves]
            if all(answer.kind != "unresolved" for answer in answers):
                return answers
        return [whole]

    def _as_written(self, phrase: str, addressees: Sequence[Identity]) -> Resolution:
        phrase = squeeze(phrase)
        parsed = parse(self.words.tokens(phrase, self.day.names))
        answer = _Answer()
        for part in parsed.parts:
            self._resolve_part(part, answer, addressees)
        self._settle_rest(parsed, answer, addressees)
        return self._resolution(phrase, parsed, answer)

    def _resolve_part(self, part: Part, answer: _Answer, addressees: Sequence[Identity]) -> None:
        if part.mention.collective:
            self._resolve_collective(part, answer, addressees)
            return
        placed = self.placing.bodies(part)
        answer.add(placed.found)
        answer.suggest(placed.suggested)
        if placed.question:
            answer.questions.append(placed.question)

    def _resolve_collective(self, part: Part, answer: _Answer, addressees: Sequence[Identity]) -> None:
        mention = part.mention
        families = self._families(mention)
        members = self.placing.members(part.scope, families, mention.owners)
        if mention.open or not families:
            self._ask_members(part, members, answer, addressees)
            return
        answer.add(members)
        if not members:
            answer.questions.append(f"Không có cơ quan nào thuộc nhóm “{mention.text}” vào ngày này.")

    @staticmethod
    def _families(mention: Mention) -> set[str]:
        families = set(mention.families)
        if mention.units and families and not mention.open:
            families |= set(groups().units)
        if "hoi" in families:  # "Hội, đoàn thể" stands beside the Front, "đoàn thể" alone includes it
            families.discard("mat_tran")
        return families

    def _ask_members(self, part: Part, members: list[Body], answer: _Answer, addressees: Sequence[Identity]) -> None:
        answer.asks_members = True
        answer.suggest(members)
        if not members:
            answer.likely.update(dict.fromkeys(addressees))
        answer.suggest(self.placing.hinted(part.scope, set(part.mention.hinted), part.mention.owners))
        if not answer.likely:
            answer.suggest(self.placing.members(part.scope, set(groups().likely), part.mention.owners))

    def _settle_rest(self, parsed: Parsed, answer: _Answer, addressees: Sequence[Identity]) -> None:
        if parsed.same_as_addressees:
            answer.certain.update(dict.fromkeys(addressees))
            if not addressees:
                answer.questions.append("Văn bản không có nơi nhận chính để hiểu “Như trên”.")
        if parsed.unknown:
            answer.questions.append(f"Chưa nhận ra “{' '.join(parsed.unknown)}”.")
        if parsed.persons and not parsed.parts:
            answer.questions.append(f"“{', '.join(parsed.persons)}” của cơ quan nào?")

    def _resolution(self, phrase: str, parsed: Parsed, answer: _Answer) -> Resolution:
        people = dict.fromkeys(word for part in parsed.parts for word in part.mention.persons)
        persons = ", ".join(people) or ", ".join(parsed.persons)
        certain, likely = list(answer.certain), [one for one in answer.likely if one not in answer.certain]
        if answer.questions or not (certain or answer.asks_members):
            question = " ".join(answer.questions) or f"Chưa nhận ra “{phrase}” là cơ quan nào."
            near = [*certain, *likely] or self._near(phrase)
            return Resolution(phrase, "unresolved", [], question, near, persons)
        if answer.asks_members:
            question = f"“{phrase}” là nhóm chưa nêu tên: chọn những cơ quan phải thực hiện."
            return Resolution(phrase, "group", certain, question, likely, persons)
        return Resolution(phrase, "one" if len(certain) == 1 else "each", certain, persons=persons)

    def _near(self, phrase: str) -> list[Identity]:
        """Organisations with a like name, those of the issuer's province only."""
        province = self.day.at_level(self.place, Level.PROVINCE) if self.place else None
        names = self.day.names_in(province.key if province else None)
        near = process.extract(
            sorted_words(phrase), names, scorer=fuzz.ratio, score_cutoff=SUGGEST_FROM, limit=SUGGEST_AT_MOST
        )
        return [identity for _, _, identity in near]


def resolve(
    phrase: str, *, directory: Directory, on: date, issuer_place: str | None, addressees: Sequence[Identity] = ()
) -> Resolution:
    """One phrase; for many phrases of one document keep a `Resolver`."""
    return Resolver(directory, on, issuer_place).resolve(phrase, addressees)


def resolve_issuer(name: str, *, directory: Directory, on: date, dateline: str = "") -> Resolution:
    """Who issued a document, from its head and, where the head names no place, the place before its date.

    "Bắc Kạn" is a province and a city: then both are suggested and a person decides.
    """
    alone = resolve(name, directory=directory, on=on, issuer_place=None)
    if alone.kind == "one" or not dateline:
        return alone
    places = [match.place.key for match in directory.gazetteer.find(dateline, on) if match.how != "suggested"]
    answers = [resolve(name, directory=directory, on=on, issuer_place=place) for place in places]
    found = {answer.organisations[0]: answer for answer in answers if answer.kind == "one"}
    if len(found) == 1:
        return next(iter(found.values()))
    question = f"Văn bản do “{alone.phrase}” của cấp nào ban hành?" if found else alone.question
    return Resolution(alone.phrase, "unresolved", [], question, list(found) or alone.suggestions, alone.persons)
