"""Write cases: reported, confirmed, set right, closed."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.domain.cases import facts
from chongdich.domain.cases.models import Case, FollowUp, Interview
from chongdich.domain.cases.rules import check_visit
from chongdich.domain.cases.states import OUTCOME
from chongdich.registry.ledger.operations import Author, record


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """A case as it is first written; `rule` and `window_rule` are the records of the decisions behind it."""

    person_id: int
    disease: str
    classification: str
    place_id: int | None = None
    unit_id: int | None = None
    rule: dict[str, Any] | None = None
    origin: str = "unknown"
    symptoms: tuple[str, ...] = ()
    onset_on: date | None = None
    sampled_on: date | None = None
    resulted_on: date | None = None
    confirmed_on: date | None = None
    isolated_at: datetime | None = None
    infectious_from: date | None = None
    infectious_until: date | None = None
    window_rule: dict[str, Any] | None = None
    ct: float | None = None
    code: str = ""
    cluster_id: int | None = None
    source_id: int | None = None
    reinfection_of_id: int | None = None
    known_contact: bool = False
    reported_at: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def locked(case_id: int) -> Case:
    """The case, locked until commit where the database can."""
    rows = Case.objects.all()
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    found = rows.filter(pk=case_id).first()
    if found is None:
        raise NotFound("Không tìm thấy ca bệnh.")
    return found


@transaction.atomic
def open_case(*, new: NewCase, by: Author) -> Case:
    """Write a case. A person has one active case of a disease at most: the one there is given back with Conflict."""
    if Case.objects.filter(person_id=new.person_id, disease=new.disease, outcome="active").exists():
        raise Conflict("Người này đang có một ca bệnh chưa kết thúc.", "person")
    values = {name: getattr(new, name) for name in NewCase.__dataclass_fields__ if name not in ("extra", "symptoms")}
    values["reported_at"] = new.reported_at or by.at
    case = Case.objects.create(**values, **new.extra, symptoms=list(new.symptoms), created_at=by.at, by=by.account_id)
    record(_opening_fact(case), by=by, about=[f"case:{case.pk}", f"person:{case.person_id}"])
    return case


def _opening_fact(case: Case) -> facts.CaseConfirmed | facts.CaseReported:
    if case.classification != "confirmed":
        return facts.CaseReported(case_id=case.pk, person_id=case.person_id, place_id=case.place_id)
    return confirmed_fact(case)


def confirmed_fact(case: Case) -> facts.CaseConfirmed:
    """What is announced when a case is certain."""
    if case.confirmed_on is None:
        raise Refused("Ca xác định phải có ngày xác định.", "confirmed_on")
    return facts.CaseConfirmed(
        case_id=case.pk, person_id=case.person_id, place_id=case.place_id, confirmed_on=case.confirmed_on,
        infectious_from=case.infectious_from, infectious_until=case.infectious_until,
    )  # fmt: skip


@transaction.atomic
def change(*, case_id: int, changes: dict[str, Any], by: Author, version: int | None = None) -> Case:
    """Set fields of a case right; becoming confirmed is announced as such, anything else as a change."""
    case = locked(case_id)
    if version is not None and case.version != version:
        raise Conflict("Người khác vừa sửa ca bệnh này. Hãy tải lại trang rồi làm lại.")
    window = (case.infectious_from, case.infectious_until)
    was_confirmed = case.classification == "confirmed"
    for name, value in changes.items():
        setattr(case, name, value)
    case.version += 1
    case.save()
    if case.classification == "confirmed" and not was_confirmed:
        record(confirmed_fact(case), by=by, about=[f"case:{case.pk}", f"person:{case.person_id}"])
    else:
        fact = facts.CaseChanged(
            case_id=case.pk, person_id=case.person_id,
            window_changed=window != (case.infectious_from, case.infectious_until),
        )  # fmt: skip
        record(fact, by=by, about=[f"case:{case.pk}"])
    return case


@transaction.atomic
def close(*, case_id: int, action: str, on: date, rule: dict[str, Any] | None, by: Author) -> Case:
    """End a case: recover, die, move, discard. The record of the rule stays with it."""
    case = locked(case_id)
    following = OUTCOME[case.outcome].actions.get(action)
    if following is None:
        raise Conflict(f"Ca bệnh đang ở trạng thái “{OUTCOME[case.outcome].label}”, không thể làm việc này.")
    case.outcome, case.outcome_on, case.outcome_rule = following, on, rule
    case.version += 1
    case.save()
    fact: facts.CaseDiscarded | facts.CaseClosed
    if following == "discarded":
        fact = facts.CaseDiscarded(case_id=case.pk, person_id=case.person_id)
    else:
        fact = facts.CaseClosed(case_id=case.pk, person_id=case.person_id, outcome_on=on)
    record(fact, by=by, about=[f"case:{case.pk}", f"person:{case.person_id}"])
    return case


@transaction.atomic
def reopen(*, case_id: int, by: Author) -> Case:
    """A closed case was closed by mistake; the person must not be ill anew meanwhile."""
    case = locked(case_id)
    if "reopen" not in OUTCOME[case.outcome].actions:
        raise Conflict("Ca bệnh chưa kết thúc.")
    if Case.objects.filter(person_id=case.person_id, disease=case.disease, outcome="active").exists():
        raise Conflict("Người này đang có một ca bệnh khác chưa kết thúc.")
    case.outcome, case.outcome_on, case.outcome_rule = "active", None, None
    case.version += 1
    case.save()
    fact = facts.CaseReopened(case_id=case.pk, person_id=case.person_id)
    record(fact, by=by, about=[f"case:{case.pk}", f"person:{case.person_id}"])
    return case


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What was found at a visit or call: °C, breaths a minute, SpO2 in percent."""

    temperature: float | None = None
    breaths: int | None = None
    oxygen: int | None = None
    pulse: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    symptoms: tuple[str, ...] = ()
    note: str = ""


@transaction.atomic
def record_visit(*, case_id: int, visit: Visit, by: Author) -> FollowUp:
    """Write a visit to a patient whose illness is open."""
    case = locked(case_id)
    if case.outcome != "active":
        raise Conflict("Ca bệnh đã kết thúc.")
    check_visit(asdict(visit))
    row = FollowUp.objects.create(
        case=case, at=by.at, by=by.account_id, **{**asdict(visit), "symptoms": list(visit.symptoms)},
    )  # fmt: skip
    record(facts.PatientVisited(case_id=case.pk), by=by, about=[f"case:{case.pk}"])
    return row


def find_interview(*, case_id: int, by: Author) -> Interview:
    """The interview under way of a case, or a new one that is not written yet."""
    found = Interview.objects.filter(case=case_id, finished_at=None).order_by("-pk").first()
    return found or Interview(case_id=case_id, content={}, started_at=by.at, by=by.account_id)


@transaction.atomic
def save_interview(*, case_id: int, content: dict[str, Any], version: int, finish: bool, by: Author) -> Interview:
    """Keep what was told so far; finished, its stays become presences and are traced."""
    locked(case_id)
    found = find_interview(case_id=case_id, by=by)
    if found.version != version:
        raise Conflict("Người khác vừa ghi vào phiếu này. Hãy tải lại trang rồi làm lại.")
    found.content, found.version = content, found.version + 1
    found.finished_at = by.at if finish else None
    found.save()
    if finish:
        fact = facts.InterviewFinished(case_id=found.case_id, interview_id=found.pk)
        record(fact, by=by, about=[f"case:{found.case_id}", f"interview:{found.pk}"])
    return found
