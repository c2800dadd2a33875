"""What goes in and out. Every text that comes in is one Unicode form, without characters no database keeps."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from chongdich.core.vietnamese import nfc


def _clean(text: str) -> str:
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("có ký tự không dùng được")
    return nfc(text)


Text = Annotated[str, AfterValidator(_clean)]
Line = Annotated[Text, Field(max_length=300)]
Long = Annotated[Text, Field(max_length=100_000)]
Id = Annotated[int, Field(ge=1, le=2**53)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]

T = TypeVar("T")


class Asked(Schema):
    """The base of what comes in: a field we do not know is refused rather than dropped."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """A refusal."""

    error: str
    message: str
    where: str = ""


class Page(Schema, Generic[T]):
    """One page of a list; `more` says that there is a next one."""

    items: list[T]
    page: int
    per_page: int
    more: bool


class UnitOut(Schema):
    id: int
    name: str
    short_name: str


class DirectiveOut(Schema):
    id: int
    direction: Literal["in", "out"]
    state: str
    unit: UnitOut
    number: str
    symbol: str
    kind: str
    subject: str
    issuer_name: str
    place_text: str
    year: int | None
    month: int | None
    day: int | None
    urgency: str
    signatory: str
    signatory_title: str
    arrival_number: int | None
    arrived_on: date | None
    due: date | None
    version: int


class CitationOut(Schema):
    number: str
    date_text: str
    issuer_name: str
    is_basis: bool


class RecipientOut(Schema):
    name: str
    purpose: str
    channel: str
    addressee: bool


class DirectiveDetail(DirectiveOut):
    text: str
    citations: list[CitationOut]
    recipients: list[RecipientOut]

    @staticmethod
    def resolve_citations(row: Any) -> list[Any]:
        return list(row.citations.order_by("pk"))

    @staticmethod
    def resolve_recipients(row: Any) -> list[Any]:
        return list(row.recipients.order_by("order"))


class TextIn(Asked):
    """A document as text."""

    unit: Id
    text: Annotated[Text, Field(min_length=1, max_length=2_000_000)]
    name: Annotated[Line, Field(min_length=1, max_length=200)] = "van-ban.txt"


class ClauseUnitOut(Schema):
    unit: UnitOut
    lead: bool
    phrase: str


class ClauseOut(Schema):
    id: int
    order: int
    path: str
    text: str
    state: Literal["read", "confirmed", "dropped"]
    lead_text: list[str]
    coordinating_text: list[str]
    units: list[ClauseUnitOut]
    due: date | None
    manner: str
    period: str
    area: str
    doubts: list[str]

    @staticmethod
    def resolve_units(row: Any) -> list[Any]:
        return list(row.units.all())


class ClauseUnitsIn(Asked):
    lead: Annotated[list[Id], Field(max_length=500)]
    coordinating: Annotated[list[Id], Field(max_length=500)] = []


class ReportOut(Schema):
    id: int
    order: int
    kind: str
    text: str
    state: Literal["submitted", "accepted", "returned"]
    for_period: date | None
    at: datetime
    judged_at: datetime | None
    judgement: str


class ExtensionOut(Schema):
    id: int
    asked_until: date
    reason: str
    state: str
    at: datetime
    decision: str


class TaskOut(Schema):
    id: int
    directive_id: int
    clause_id: int
    parent_id: int | None
    unit: UnitOut
    giver: UnitOut
    lead: bool
    title: str
    area: str
    state: str
    due: date | None
    manner: str
    period: str
    next_report_on: date | None
    given_at: datetime
    done_on: date | None
    children_total: int
    children_done: int
    version: int


class TaskDetail(TaskOut):
    reports: list[ReportOut]
    extensions: list[ExtensionOut]

    @staticmethod
    def resolve_reports(row: Any) -> list[Any]:
        return list(row.reports.order_by("order"))

    @staticmethod
    def resolve_extensions(row: Any) -> list[Any]:
        return list(row.extensions.order_by("pk"))


class VersionIn(Asked):
    """The version that was read: another one since means somebody was faster (409)."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class ReportIn(VersionIn):
    text: Annotated[Long, Field(min_length=1)]


class ReasonIn(VersionIn):
    reason: Annotated[Long, Field(min_length=1)]


class PeriodIn(Asked):
    text: Annotated[Long, Field(min_length=1)]


class JudgeIn(VersionIn):
    accept: bool
    note: Long = ""


class NoteIn(Asked):
    note: Annotated[Long, Field(min_length=1)]


class PassDownIn(Asked):
    unit_ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    title: Annotated[Long, Field(max_length=5_000)] = ""
    due: Day | None = None


class ExtensionIn(Asked):
    until: Day
    reason: Annotated[Long, Field(min_length=1)]


class DecisionIn(Asked):
    grant: bool
    note: Long = ""


class PlaceOut(Schema):
    key: str
    code: str
    kind: str
    level: int
    name: str
    full_name: str
    valid_from: date
    valid_until: date | None
    latitude: float | None
    longitude: float | None
    area_km2: float | None


class PlaceMatch(Schema):
    key: str
    code: str
    full_name: str
    inside: str
    how: Literal["exact", "folded", "suggested"]
    score: float


class OrganisationOut(UnitOut):
    key: str
    kind: str
    symbol: str
    place: str
    since: date
    until: date | None

    @staticmethod
    def resolve_place(row: Any) -> str:
        return str(row.place.key)


class ResolutionOut(Schema):
    phrase: str
    kind: Literal["one", "each", "group", "unresolved"]
    question: str
    organisations: list[OrganisationOut]
    suggestions: list[OrganisationOut]


class RuleOut(Schema):
    name: str
    label: str
    subject: str
    recorded: bool
    value: str
    document: str
    clause: str
    since: date | None
    until: date | None
    verified: bool


class AnswerOut(Schema):
    """A decision of the law with the rows it rests on, or the gap in words."""

    decided: bool
    gap: str
    values: dict[str, Any]
    verified: bool
    explanation: str
    record: dict[str, Any]


class LawQuestion(Asked):
    on: Day
    known_on: Day | None = None
    given: Annotated[dict[Line, Any], Field(max_length=60)] = {}


class ReadIn(Asked):
    text: Annotated[Text, Field(min_length=1, max_length=2_000_000)]


class MeOut(Schema):
    id: int
    username: str
    display_name: str
    posts: list[dict[str, Any]]
    permissions: list[str]
    today: date
