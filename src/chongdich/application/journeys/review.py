"""A clerk sets the machine's reading right and confirms it, clause by clause, then the whole."""

from collections.abc import Iterable, Sequence
from typing import Any

from chongdich.application.desk import Desk
from chongdich.domain.directives.models import Clause, Directive
from chongdich.domain.directives.operations import clauses, intake
from chongdich.domain.directives.operations.intake import ReadClause
from chongdich.domain.directives.queries import get_clause, get_directive


def correct_head(desk: Desk, *, directive_id: int, changes: dict[str, Any]) -> Directive:
    """Set a document's number, date, subject and so on right."""
    desk.require("directives.review", unit=get_directive(directive_id).unit_id)
    return intake.correct_head(directive_id=directive_id, changes=changes, by=desk.author)


def correct_clause(desk: Desk, *, clause_id: int, changes: dict[str, Any]) -> Clause:
    """Set a clause's text, deadline, manner or area right."""
    desk.require("directives.review", unit=get_clause(clause_id).directive.unit_id)
    return clauses.correct(clause_id=clause_id, changes=changes, by=desk.author)


def set_clause_units(desk: Desk, *, clause_id: int, lead: Iterable[int], coordinating: Iterable[int]) -> Clause:
    """Say which bodies owe a clause and which help."""
    desk.require("directives.review", unit=get_clause(clause_id).directive.unit_id)
    return clauses.set_units(clause_id=clause_id, lead=lead, coordinating=coordinating, by=desk.author)


def add_clause(desk: Desk, *, directive_id: int, after_order: int, clause: ReadClause) -> Clause:
    """Add a clause the machine missed."""
    desk.require("directives.review", unit=get_directive(directive_id).unit_id)
    return clauses.add(directive_id=directive_id, after_order=after_order, clause=clause, by=desk.author)


def split_clause(desk: Desk, *, clause_id: int, at: int) -> tuple[Clause, Clause]:
    """Cut a clause in two at a character of its text."""
    desk.require("directives.review", unit=get_clause(clause_id).directive.unit_id)
    return clauses.split(clause_id=clause_id, at=at, by=desk.author)


def merge_clauses(desk: Desk, *, clause_ids: Sequence[int]) -> Clause:
    """Make one clause of several."""
    desk.require("directives.review", unit=get_clause(clause_ids[0]).directive.unit_id if clause_ids else None)
    return clauses.merge(clause_ids=clause_ids, by=desk.author)


def drop_clause(desk: Desk, *, clause_id: int) -> Clause:
    """Mark a paragraph as no instruction."""
    desk.require("directives.review", unit=get_clause(clause_id).directive.unit_id)
    return clauses.drop(clause_id=clause_id, by=desk.author)


def confirm_clause(desk: Desk, *, clause_id: int) -> Clause:
    """Stand for a clause as it is now."""
    desk.require("directives.review", unit=get_clause(clause_id).directive.unit_id)
    return clauses.confirm(clause_id=clause_id, by=desk.author)


def confirm_directive(desk: Desk, *, directive_id: int) -> Directive:
    """Confirm the whole document: its tasks are given next."""
    desk.require("directives.review", unit=get_directive(directive_id).unit_id)
    return clauses.confirm_directive(directive_id=directive_id, by=desk.author)
