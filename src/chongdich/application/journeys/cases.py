"""Cases by hand: entered, set right, visited, closed by rule, reopened."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from chongdich.application.desk import Desk
from chongdich.application.journeys.people import Registered
from chongdich.application.journeys.people import register_person as enter_person
from chongdich.application.lenses.cases import first_positive_on, get_visible_case
from chongdich.application.lenses.people import scope_of
from chongdich.core.errors import Conflict, Refused
from chongdich.core.periods import VIETNAM
from chongdich.domain.cases.models import Case, Cluster, FollowUp, Link
from chongdich.domain.cases.operations import NewCase, Visit, change, close, open_case, record_visit, reopen
from chongdich.domain.cases.queries import find_last_case
from chongdich.domain.cases.rules import Picture, Test, check_days, classify, day_of, infectious_window
from chongdich.domain.lab.operations import NewResult, record_results
from chongdich.registry.people.models import Person
from chongdich.registry.people.queries import get_person
from chongdich.regulations import Decision

DISEASE = "covid19"
NOON = time(12)  # a day without an hour stands for its noon


@dataclass(frozen=True)
class Told:
    """What is known when a case is entered. `test` is pcr, antigen or nothing; `stated` overrules the definition."""

    test: str = ""
    sampled_on: date | None = None
    resulted_on: date | None = None
    ct: float | None = None
    onset_on: date | None = None
    symptoms: tuple[str, ...] = ()
    factor: bool = False
    stated: str = ""
    origin: str = "unknown"
    severity: str = ""
    place_id: int | None = None
    isolated_on: date | None = None
    isolated_where: str = ""
    home_treated: bool = False
    code: str = ""
    source_code: str = ""
    cluster: str = ""


@dataclass(frozen=True)
class Entered:
    """A case, or who should be looked at first."""

    case: Case | None
    registered: Registered | None = None


def report_case(
    desk: Desk, *, told: Told, uid: UUID | None = None, person: dict[str, Any] | None = None, sure: bool = False
) -> Entered:
    """Enter a case of a known person (`uid`) or of somebody new (`person` as typed)."""
    desk.require("cases.write")
    _check(desk, told)
    source = _source_id(desk, told.source_code)
    known = get_person(uid, scope_of(desk, "people.read")) if uid else None
    if known is None:
        registered = enter_person(desk, raw=person or {}, sure=sure)
        if registered.person is None:
            return Entered(None, registered)
        known = registered.person
    return Entered(_open(desk, told, known, source))


def _check(desk: Desk, told: Told) -> None:
    check_days(today=desk.today, onset=told.onset_on, sampled=told.sampled_on, resulted=told.resulted_on)
    if told.test and not (told.sampled_on or told.resulted_on):
        raise Refused("Có kết quả xét nghiệm thì cần ngày lấy mẫu.", "sampled_on")


def _open(desk: Desk, told: Told, person: Person, source: int | None) -> Case:
    tests = _tests(desk, told)
    found = classify(Picture(tests, frozenset(told.symptoms), epidemiological_factor=told.factor), desk.law, desk.today)
    name = told.stated or found.name
    if name == "discarded":
        raise Refused(
            "Theo định nghĩa đang áp dụng, với các thông tin này chưa phải ca bệnh hay ca nghi ngờ. "
            "Nếu theo thông báo của cấp trên, hãy chọn phân loại.", "stated",
        )  # fmt: skip
    window = infectious_window(
        onset=told.onset_on, sampled=told.sampled_on or told.resulted_on or desk.today, isolated=told.isolated_on,
        cleared=None,
        first_contact_with_source=None, law=desk.law, on=desk.today,
    )  # fmt: skip
    before = find_last_case(person.pk, DISEASE)
    new = NewCase(
        person_id=person.pk, disease=DISEASE, classification=name, unit_id=desk.author.unit_id,
        place_id=told.place_id or person.present_id or person.residence_id,
        rule=None if told.stated else found.decision.record(), origin=_origin(told, source), symptoms=told.symptoms,
        onset_on=told.onset_on, sampled_on=told.sampled_on, resulted_on=told.resulted_on,
        confirmed_on=(told.resulted_on or desk.today) if name == "confirmed" else None,
        isolated_at=_noon(told.isolated_on), infectious_from=window.since, infectious_until=window.until,
        window_rule=window.decision.record(), ct=told.ct, code=told.code.upper(),
        cluster_id=_cluster(desk, told.cluster),
        source_id=source, reinfection_of_id=before.pk if before and before.outcome == "recovered" else None,
        extra={"severity": told.severity, "home_treated": told.home_treated, "isolated_where": told.isolated_where},
    )  # fmt: skip
    case = open_case(new=new, by=desk.author)
    if source:
        Link.objects.create(source_id=source, case=case, at=desk.at, by=desk.author.account_id)
    if tests:
        record_results(results=[_result(person, told, tests[0])], by=desk.author)
    return case


def _origin(told: Told, source: int | None) -> str:
    return "community_known" if source and told.origin in ("unknown", "community_unknown") else told.origin


def _tests(desk: Desk, told: Told) -> list[Test]:
    if not told.test:
        return []
    taken = _moment(desk, told.sampled_on or told.resulted_on or desk.today)
    resulted = max(taken, _moment(desk, told.resulted_on or told.sampled_on or desk.today))
    return [Test(told.test, True, taken, resulted, ct=told.ct)]


def _moment(desk: Desk, day: date) -> datetime:
    return min(datetime.combine(day, NOON, VIETNAM).astimezone(UTC), desk.at)


def _noon(day: date | None) -> datetime | None:
    return datetime.combine(day, NOON, VIETNAM) if day else None


def _result(person: Person, told: Told, test: Test) -> NewResult:
    return NewResult(
        person_id=person.pk, kind=told.test, outcome="positive", taken_at=test.taken_at, resulted_at=test.resulted_at,
        ct=told.ct,
    )  # fmt: skip


def _cluster(desk: Desk, name: str) -> int | None:
    if not name.strip():
        return None
    defaults = {"created_at": desk.at, "by": desk.author.account_id}
    return Cluster.objects.get_or_create(name=name.strip()[:160], defaults=defaults)[0].pk


def _source_id(desk: Desk, code: str) -> int | None:
    if not code.strip():
        return None
    found = Case.objects.filter(disease=DISEASE, code=code.strip().upper()).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(f"Không có ca bệnh mã “{code.strip()}”.", "source_code")
    return int(found)


CORRECTED = ("onset_on", "sampled_on", "resulted_on", "origin", "severity", "place_id", "isolated_where",
             "home_treated", "code", "ct", "symptoms", "known_contact")  # fmt: skip


def correct_case(desk: Desk, *, case_id: int, version: int, values: dict[str, Any]) -> Case:
    """Set a case right; its window follows by the rule of the day on which it was confirmed."""
    desk.require("cases.write")
    case = get_visible_case(desk, case_id, "cases.write")
    changes = {name: values[name] for name in CORRECTED if name in values}
    if "isolated_on" in values:
        changes["isolated_at"] = _noon(values["isolated_on"])
    if values.get("cluster") is not None:
        changes["cluster_id"] = _cluster(desk, values["cluster"])
    if values.get("source_code") is not None:
        changes["source_id"] = _linked_source(desk, case, values["source_code"])
    after = {name: changes.get(name, getattr(case, name)) for name in ("onset_on", "sampled_on", "resulted_on")}
    check_days(
        today=desk.today, birth=case.person.birth_date, onset=after["onset_on"], sampled=after["sampled_on"],
        resulted=after["resulted_on"], outcome=case.outcome_on, died=case.outcome == "died",
    )  # fmt: skip
    if case.classification != "discarded":
        isolated = day_of(changes.get("isolated_at", case.isolated_at))
        changes |= _window(desk, case, after, isolated)
    return change(case_id=case.pk, changes=changes, by=desk.author, version=version)


def _linked_source(desk: Desk, case: Case, code: str) -> int | None:
    source = _source_id(desk, code)
    if source == case.pk:
        raise Refused("Một ca không thể là nguồn lây của chính nó.", "source_code")
    if source:
        Link.objects.get_or_create(
            source_id=source, case=case, defaults={"at": desk.at, "by": desk.author.account_id}
        )  # fmt: skip
    return source


def _window(desk: Desk, case: Case, after: dict[str, Any], isolated: date | None) -> dict[str, Any]:
    window = infectious_window(
        onset=after["onset_on"], sampled=after["sampled_on"] or after["resulted_on"] or case.confirmed_on,
        isolated=isolated, cleared=None, first_contact_with_source=None, law=desk.law,
        on=case.confirmed_on or desk.today,
    )  # fmt: skip
    return {"infectious_from": window.since, "infectious_until": window.until, "window_rule": window.decision.record()}


def visit_patient(desk: Desk, *, case_id: int, visit: Visit) -> FollowUp:
    """Write what was found at a visit or call."""
    desk.require("cases.write")
    return record_visit(case_id=get_visible_case(desk, case_id, "cases.write").pk, visit=visit, by=desk.author)


def decide_discharge(desk: Desk, case: Case, on: date, given: dict[str, Any]) -> Decision:
    """Whether a patient may be discharged by the rule of a day. Refused names what must still be known."""
    desk.require("cases.close")
    first = first_positive_on(case)
    if first is None:
        raise Refused("Ca bệnh chưa có ngày lấy mẫu hay ngày xác định.", "on")
    told = {"setting": "home" if case.home_treated else "facility", "symptoms": "early" if case.symptoms else "none",
            "days_since_first_positive": (on - first).days, **given}  # fmt: skip
    known = desk.law.inputs("treatment/discharge")
    return desk.law.decide(
        "treatment/discharge", on=on, assume_last=True,
        **{name: value for name, value in told.items() if name in known and value is not None},
    )  # fmt: skip


def recover_case(desk: Desk, *, case_id: int, on: date, given: dict[str, Any]) -> Case:
    """Close a case as recovered, where the discharge rule of the day holds. Refused with the rule where it does not."""
    desk.require("cases.close")
    case = get_visible_case(desk, case_id, "cases.close")
    _check_end(desk, case, on, died=False)
    decision = decide_discharge(desk, case, on, given)
    if decision and not decision["discharge"]:
        told = desk.law.explain(decision)
        raise Refused(f"Chưa đủ điều kiện ra viện, hết cách ly. Căn cứ: {told.basis}.", "on")
    return close(case_id=case.pk, action="recover", on=on, rule=decision.record(), by=desk.author)


def _check_end(desk: Desk, case: Case, on: date, *, died: bool) -> None:
    check_days(today=desk.today, onset=case.onset_on, outcome=on, died=died)
    first = first_positive_on(case)
    if first and on < first and not died:
        raise Refused("Ngày khỏi trước ngày có mẫu dương tính.", "on")


def close_case(desk: Desk, *, case_id: int, action: str, on: date, note: str = "") -> Case:
    """Died (with the review of the death), moved to another province, or not a case after all."""
    desk.require("cases.close")
    if action not in ("die", "move", "discard"):
        raise Conflict("Không có việc này.")
    case = get_visible_case(desk, case_id, "cases.close")
    _check_end(desk, case, on, died=action == "die")
    if action in ("die", "discard") and not note.strip():
        words = "kết luận kiểm thảo tử vong" if action == "die" else "lý do loại trừ"
        raise Refused(f"Cần ghi {words}.", "note")
    if note.strip():
        details = {**case.details, "review": note.strip()[:4000]}
        case = change(case_id=case.pk, changes={"details": details}, by=desk.author)
    return close(case_id=case.pk, action=action, on=on, rule=None, by=desk.author)


def reopen_case(desk: Desk, *, case_id: int) -> Case:
    """A case closed by mistake goes on."""
    desk.require("cases.close")
    return reopen(case_id=get_visible_case(desk, case_id, "cases.close").pk, by=desk.author)
