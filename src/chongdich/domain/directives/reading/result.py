"""What was read in a document: every value with its place in the text and, where the reader is unsure, its doubt."""

from dataclasses import asdict, dataclass
from typing import Any

Span = tuple[int, int]
"""Start and end (exclusive) in the text as it was given, in characters."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day as far as the paper tells it: the day, or the month too, may be missing and are never invented."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def precision(self) -> str:
        """ "day", "month" or "year"."""
        return "day" if self.day else "month" if self.month else "year"


@dataclass(frozen=True, slots=True)
class Text:
    """A value found in the text (None: not there or not legible) and where; `doubt` is a question for a person."""

    value: str | None = None
    span: Span | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of the document, its place in the text and the doubt about it."""

    value: PartialDate | None = None
    span: Span | None = None
    doubt: str = ""


NOT_FOUND = Text()
UNDATED = Dated()


@dataclass(frozen=True, slots=True)
class Unit:
    """A body as the text names it. `origin`: own, heading, intro or addressees (where a clause got it from)."""

    name: str
    span: Span | None = None
    origin: str = "own"


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named in this one. `number` carries the symbol ("128/NQ-CP"); `basis`: in the legal bases."""

    number: str
    kind: str | None
    date: PartialDate | None
    issuer: str | None
    span: Span
    basis: bool = False

    def to_gold(self) -> dict[str, Any]:
        date = self.date.iso if self.date else None
        return {"number": self.number, "date": date, "kind": self.kind, "issuer": self.issuer}


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed: for whom (TM.), by what right (KT., TL., TUQ., Q.), in what office, by what name."""

    on_behalf_of: str | None = None
    capacity: str | None = None
    position: str | None = None
    name: str | None = None
    span: Span | None = None
    doubt: str = ""


UNSIGNED = Signatory()


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of "Nơi nhận". `purpose` as written without "để" (t/h, b/c); `channel`: electronic, paper or None."""

    name: str
    purpose: str | None
    channel: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Received:
    """The stamp of the office the document came to."""

    number: str | None
    date: PartialDate | None
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` as far as known; `text` as written ("trước ngày 08/02/2025"); `hour` as written, when there is one."""

    due: PartialDate | None
    text: str
    span: Span
    hour: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One leaf instruction: whose it is, what is to be done, by when, how and about what."""

    path: str
    text: str
    span: Span
    lead: tuple[Unit, ...] = ()
    coordinating: tuple[Unit, ...] = ()
    actions: tuple[Text, ...] = ()
    deadline: Deadline | None = None
    manner: tuple[str, ...] = ()
    areas: tuple[str, ...] = ("other",)
    headings: tuple[str, ...] = ()
    annex: bool = False
    doubt: str = ""

    def to_gold(self) -> dict[str, Any]:
        due = self.deadline.due if self.deadline else None
        return {
            "path": self.path,
            "starts_with": self.text[:60],
            "text": self.text,
            "lead": [unit.name for unit in self.lead],
            "coordinating": [unit.name for unit in self.coordinating],
            "deadline": due.iso if due else None,
            "deadline_text": self.deadline.text if self.deadline else None,
            "manner": list(self.manner),
            "area": self.areas[0],
            "actions": [action.value for action in self.actions],
            "doubt": self.doubt or None,
        }


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person must look at: which field, what is unsure (in Vietnamese), where."""

    field: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one document. Spans point into the text as it was given to `read`."""

    number: Text = NOT_FOUND
    symbol: Text = NOT_FOUND
    date: Dated = UNDATED
    place: Text = NOT_FOUND
    kind: Text = NOT_FOUND
    issuer: Text = NOT_FOUND
    superior: Text = NOT_FOUND
    subject: Text = NOT_FOUND
    urgency: Text = NOT_FOUND
    archive: Text = NOT_FOUND
    received: Received | None = None
    signatory: Signatory = UNSIGNED
    addressees: tuple[Unit, ...] = ()
    bases: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    clauses: tuple[Clause, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def to_gold(self) -> dict[str, Any]:
        """The exchange form of `chongdich read --json`: plain values, dates in ISO 8601 as far as known."""
        date = self.date.value
        return {
            "number": self.number.value,
            "symbol": self.symbol.value,
            "date": date.iso if date else None,
            "date_precision": date.precision if date else None,
            "place": self.place.value,
            "kind": self.kind.value,
            "issuer": self.issuer.value,
            "superior": self.superior.value,
            "subject": self.subject.value,
            "urgency": self.urgency.value,
            "addressees": [unit.name for unit in self.addressees],
            **self._received_to_gold(),
            "signatory": {
                "on_behalf_of": self.signatory.on_behalf_of,
                "capacity": self.signatory.capacity,
                "position": self.signatory.position,
                "name": self.signatory.name,
            },
            "archive": self.archive.value,
            "recipients": [{"name": r.name, "purpose": r.purpose, "channel": r.channel} for r in self.recipients],
            "bases": [basis.value for basis in self.bases],
            "citations": [citation.to_gold() for citation in self.citations],
            "obligations": [clause.to_gold() for clause in self.clauses],
            "doubts": [{"field": doubt.field, "message": doubt.message} for doubt in self.doubts],
        }

    def _received_to_gold(self) -> dict[str, Any]:
        if self.received is None:
            return {}
        date = self.received.date
        return {"received": {"number": self.received.number, "date": date.iso if date else None}}

    def to_json(self) -> dict[str, Any]:
        """Everything, with spans, as plain dicts and lists ready for `json.dumps`."""
        return asdict(self)
