"""A clerk sets the reading right: corrects, adds, splits, merges, drops, assigns, confirms."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from chongdich.core.errors import Conflict, Refused
from chongdich.domain.directives import facts
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.models import Clause, ClauseUnit, Directive
from chongdich.domain.directives.operations.intake import ReadClause, write_clauses
from chongdich.domain.directives.operations.locking import locked, step
from chongdich.domain.directives.rules import PERIOD_DOUBT, PERIODS, split_text
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.registry.ledger.operations import Author, record

EDITABLE = ("path", "text", "due", "manner", "period", "area", "indicator", "indicator_target", "lead_text",
            "coordinating_text")  # fmt: skip


def open_clause(clause_id: int) -> Clause:
    """A clause of a document still under review, locked; Conflict afterwards."""
    clause = locked(Clause, clause_id)
    if clause.directive.state != "read":
        raise Conflict("Văn bản đã được xác nhận hoặc chưa đọc xong; không sửa được điều khoản nữa.")
    return clause


def _changed(clause: Clause, change: str, by: Author) -> None:
    fact = facts.ClauseChanged(directive_id=clause.directive_id, clause_id=clause.pk, change=change)
    record(fact, by=by, about=[f"directive:{clause.directive_id}", f"clause:{clause.pk}"])


@transaction.atomic
def correct(*, clause_id: int, changes: dict[str, Any], by: Author) -> Clause:
    """Set fields of a clause right; it needs confirming anew."""
    clause = open_clause(clause_id)
    _check(changes)
    _check_due(clause, changes.get("due"))
    for name, value in changes.items():
        setattr(clause, name, value)
    if "period" in changes:
        clause.doubts = [doubt for doubt in clause.doubts if not doubt.startswith(PERIOD_DOUBT)]
    clause.state = Clause.State.READ
    clause.save()
    _changed(clause, "correct:" + ",".join(sorted(changes)), by)
    return clause


def _check_due(clause: Clause, due: date | None) -> None:
    """A deadline before the document's own day is a slip of the pen."""
    document = clause.directive
    if due and document.year and document.month and document.day:
        written = date(document.year, document.month, document.day)
        if due < written:
            raise Refused(f"Hạn {due:%d/%m/%Y} trước ngày văn bản ({written:%d/%m/%Y}).", "due")


def _check(changes: dict[str, Any]) -> None:
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise Refused(f"Không sửa được trường: {', '.join(sorted(unknown))}.")
    if not str(changes.get("text", "x")).strip():
        raise Refused("Nội dung điều khoản không được để trống.", "text")
    if changes.get("area", "other") not in AREAS:
        raise Refused("Lĩnh vực không có trong danh mục.", "area")
    if changes.get("period") and changes["period"] not in PERIODS:
        raise Refused("Chu kỳ không có trong danh mục.", "period")


@transaction.atomic
def set_units(*, clause_id: int, lead: Iterable[int], coordinating: Iterable[int], by: Author) -> Clause:
    """Which bodies owe this clause, and which help."""
    clause = open_clause(clause_id)
    lead_ids = list(dict.fromkeys(lead))
    helpers = [unit for unit in dict.fromkeys(coordinating) if unit not in lead_ids]
    phrases = dict(clause.units.values_list("unit_id", "phrase"))
    clause.units.all().delete()
    ClauseUnit.objects.bulk_create(
        [ClauseUnit(clause=clause, unit_id=unit, lead=is_lead, phrase=phrases.get(unit, ""))
         for is_lead, units in ((True, lead_ids), (False, helpers)) for unit in units]
    )  # fmt: skip
    Clause.objects.filter(pk=clause.pk).update(state=Clause.State.READ, doubts=[])
    _changed(clause, "units", by)
    return clause


@transaction.atomic
def add(*, directive_id: int, after_order: int, clause: ReadClause, by: Author) -> Clause:
    """A clause the machine missed."""
    directive = locked(Directive, directive_id)
    if directive.state != "read":
        raise Conflict("Chỉ thêm được điều khoản khi văn bản đang chờ rà soát.")
    if not clause.text.strip():
        raise Refused("Nội dung điều khoản không được để trống.", "text")
    order = _order_after(directive, after_order)
    row = write_clauses(directive, [clause], order)[0]
    Clause.objects.filter(pk=row.pk).update(machine=None)
    _changed(row, "add", by)
    return row


def _order_after(directive: Directive, after: int) -> int:
    """A free place after an order; makes room when the next clause stands close."""
    following = list(directive.clauses.filter(order__gt=after).order_by("order"))
    if following and following[0].order <= after + 1:
        for row in following:
            row.order += 10
        Clause.objects.bulk_update(following, ["order"])
    return after + 1


@transaction.atomic
def split(*, clause_id: int, at: int, by: Author) -> tuple[Clause, Clause]:
    """Cut one clause in two at character `at` of its text; both keep the units."""
    clause = open_clause(clause_id)
    try:
        left, right = split_text(clause.text, clause.start, at)
    except ValueError as error:
        raise Refused("Chỗ tách phải nằm giữa nội dung, hai phần đều phải có chữ.", "at") from error
    units = list(clause.units.all())
    order = _order_after(clause.directive, clause.order)
    second = Clause.objects.create(
        directive=clause.directive, order=order, path=clause.path, text=right.text, start=right.start, end=right.end,
        lead_text=clause.lead_text, coordinating_text=clause.coordinating_text, due=clause.due, manner=clause.manner,
        period=clause.period, area=clause.area,
    )  # fmt: skip
    ClauseUnit.objects.bulk_create(
        [ClauseUnit(clause=second, unit_id=u.unit_id, lead=u.lead, phrase=u.phrase) for u in units]
    )
    clause.text, clause.end, clause.state = left.text, left.end, Clause.State.READ
    clause.save()
    _changed(clause, f"split:{second.pk}", by)
    return clause, second


@transaction.atomic
def merge(*, clause_ids: Sequence[int], by: Author) -> Clause:
    """Make one clause of several of the same document; the first stays, with the units of all."""
    rows = sorted((open_clause(key) for key in dict.fromkeys(clause_ids)), key=lambda row: row.order)
    if len(rows) < 2 or len({row.directive_id for row in rows}) > 1:
        raise Refused("Cần chọn từ hai điều khoản trở lên của cùng một văn bản.")
    first, rest = rows[0], rows[1:]
    first.text = "\n".join(row.text for row in rows)
    first.start, first.end = min(row.start for row in rows), max(row.end for row in rows)
    first.state = Clause.State.READ
    first.save()
    ClauseUnit.objects.bulk_create(
        [ClauseUnit(clause=first, unit_id=u.unit_id, lead=u.lead, phrase=u.phrase)
         for row in rest for u in row.units.all()],
        ignore_conflicts=True,
    )  # fmt: skip
    Clause.objects.filter(pk__in=[row.pk for row in rest]).update(state=Clause.State.DROPPED)
    _changed(first, "merge:" + ",".join(str(row.pk) for row in rest), by)
    return first


@transaction.atomic
def drop(*, clause_id: int, by: Author) -> Clause:
    """This paragraph is no instruction. It stays visible and can be taken back by confirming it."""
    clause = open_clause(clause_id)
    Clause.objects.filter(pk=clause.pk).update(state=Clause.State.DROPPED)
    _changed(clause, "drop", by)
    return clause


@transaction.atomic
def reopen(*, clause_id: int, by: Author) -> Clause:
    """Back among those to look at: a confirmation or a drop is taken back."""
    clause = open_clause(clause_id)
    Clause.objects.filter(pk=clause.pk).update(state=Clause.State.READ)
    _changed(clause, "reopen", by)
    return clause


@transaction.atomic
def confirm(*, clause_id: int, by: Author) -> Clause:
    """A person stands for this clause as it is now."""
    clause = open_clause(clause_id)
    if not clause.units.filter(lead=True).exists():
        raise Refused(
            "Điều khoản chưa có đơn vị chủ trì. Hãy chọn đơn vị, hoặc đánh dấu không phải nhiệm vụ.", clause.path
        )
    Clause.objects.filter(pk=clause.pk).update(state=Clause.State.CONFIRMED)  # doubts stay on record
    _changed(clause, "confirm", by)
    return clause


@transaction.atomic
def confirm_directive(*, directive_id: int, by: Author) -> Directive:
    """The whole document is right; its confirmed clauses become tasks."""
    directive = locked(Directive, directive_id)
    waiting = directive.clauses.filter(state=Clause.State.READ).count()
    if waiting:
        raise Conflict(f"Còn {waiting} điều khoản chưa xác nhận.")
    directive.state = step(DIRECTIVE, directive.state, "confirm", "Văn bản")
    directive.save(update_fields=["state"])
    fact = facts.DirectiveConfirmed(directive_id=directive.pk, unit_id=directive.unit_id)
    record(fact, by=by, about=[f"directive:{directive.pk}"])
    return directive
