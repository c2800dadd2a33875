"""The machine reads a document received: head, citations, clauses, and which bodies its words mean."""

from collections.abc import Iterable
from datetime import date

from chongdich.application.desk import Desk
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.facts import DirectiveReceived
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.operations import intake
from chongdich.domain.directives.operations.intake import ReadClause, ReadDocument
from chongdich.domain.directives.queries import get_directive
from chongdich.domain.directives.reading import read
from chongdich.domain.directives.reading.result import Clause, PartialDate, Reading, Unit
from chongdich.domain.directives.rules import period_of
from chongdich.registry.organisations.directory import Directory
from chongdich.registry.organisations.queries import load_directory
from chongdich.registry.organisations.resolution import Resolver, resolve_issuer


def read_directive(desk: Desk, fact: DirectiveReceived) -> None:
    """Read the text and keep the reading; a person confirms it next."""
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    if directive.state not in ("received", "read"):
        return
    intake.keep_reading(directive_id=directive.pk, read=interpret(directive), by=desk.author)


def read_again(desk: Desk, *, directive_id: int) -> Directive:
    """A person asks for a fresh reading, before anything is confirmed."""
    directive = get_directive(directive_id)
    desk.require("directives.review", unit=directive.unit_id)
    return intake.keep_reading(directive_id=directive_id, read=interpret(directive), by=desk.author)


def interpret(directive: Directive) -> ReadDocument:
    """The text of a document in the words of the directives room, bodies resolved as of its day."""
    reading = read(directive.text, today=directive.arrived_on)
    on = _day(reading.date.value) or directive.arrived_on or directive.created_at.date()
    return _document(reading, Words(reading, on, directive.unit_id))


class Words:
    """Resolves the phrases of one document against the bodies that existed on its day."""

    def __init__(self, reading: Reading, on: date, receiver_id: int) -> None:
        directory = load_directory()
        self.addressees = tuple(unit.name for unit in reading.addressees)
        self.issuer_id = self._issuer(reading, directory, on)
        # A body that does not say whose it is is taken to speak where the document was received.
        place = directory.place_of(self.issuer_id or receiver_id)
        self.resolver = Resolver(directory, on, place)
        self.addressed = [key for name in self.addressees for key in self.resolver.resolve(name).organisations]

    @staticmethod
    def _issuer(reading: Reading, directory: Directory, on: date) -> int | None:
        if not reading.issuer.value:
            return None
        found = resolve_issuer(reading.issuer.value, directory=directory, on=on, dateline=reading.place.value or "")
        return int(found.organisations[0]) if found.kind == "one" else None

    def units(self, named: Iterable[Unit]) -> tuple[tuple[tuple[int, str], ...], tuple[str, ...]]:
        """((unit id, phrase), …) and the questions that a person must answer."""
        found: list[tuple[int, str]] = []
        questions: list[str] = []
        for unit in named:
            answer = self.resolver.resolve(unit.name, self.addressed)
            found += [(int(key), unit.name) for key in answer.organisations]
            if answer.question:
                questions.append(answer.question)
        return tuple(dict.fromkeys(found)), tuple(questions)


def _document(reading: Reading, words: Words) -> ReadDocument:
    day = reading.date.value
    signatory = reading.signatory
    titles = (signatory.on_behalf_of and f"TM. {signatory.on_behalf_of}", signatory.capacity, signatory.position)
    return ReadDocument(
        number=(reading.number.value or "")[:20],
        symbol=(reading.symbol.value or "")[:60],
        kind=(reading.kind.value or "")[:40],
        subject=reading.subject.value or "",
        issuer_name=(reading.issuer.value or "")[:300],
        issuer_id=words.issuer_id,
        place_text=(reading.place.value or "")[:120],
        year=day.year if day else None,
        month=day.month if day else None,
        day=day.day if day else None,
        urgency=(reading.urgency.value or "")[:20],
        signatory=(signatory.name or "")[:160],
        signatory_title=" / ".join(title for title in titles if title)[:300],
        addressees=words.addressees,
        recipients=tuple((r.name, r.purpose or "", r.channel or "") for r in reading.recipients),
        citations=tuple((c.number, c.date.iso if c.date else "", c.issuer or "", c.basis) for c in reading.citations),
        clauses=tuple(_clause(clause, words) for clause in reading.clauses),
        reading=reading.to_json(),
    )


def _clause(clause: Clause, words: Words) -> ReadClause:
    lead, lead_questions = words.units(clause.lead)
    coordinating, other_questions = words.units(clause.coordinating)
    due = _day(clause.deadline.due) if clause.deadline else None
    named = (clause.deadline.period or "") if clause.deadline else ""
    period, period_question = period_of(named, () if due else clause.manner)
    doubts = tuple(text for text in (clause.doubt, *lead_questions, *other_questions, period_question) if text)
    return ReadClause(
        path=clause.path,
        text=clause.text,
        start=clause.span[0],
        end=clause.span[1],
        lead_text=tuple(unit.name for unit in clause.lead),
        coordinating_text=tuple(unit.name for unit in clause.coordinating),
        lead_units=lead,
        coordinating_units=tuple(unit for unit in coordinating if unit[0] not in {key for key, _ in lead}),
        due=due,
        manner=", ".join(clause.manner),
        period=period,
        area=_area(clause.areas[0]),
        doubts=doubts,
    )


def _area(read: str) -> str:
    """The reader names areas as the exchange form does ("logistics and finance"); the room keeps the first word."""
    name = read.split(" ", 1)[0]
    return name if name in AREAS else "other"


def _day(value: PartialDate | None) -> date | None:
    if value is None or value.month is None or value.day is None:
        return None
    return date(value.year, value.month, value.day)
