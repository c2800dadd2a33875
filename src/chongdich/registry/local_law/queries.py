"""The law with the province's own rules over it, kept for a few seconds in each process."""

from datetime import date, datetime, timedelta

from chongdich.registry.local_law.models import LocalRule
from chongdich.regulations import Law, Overlay

KEPT_FOR = timedelta(seconds=5)


class _Kept:
    """The law of the last look, when that was, and which rules it held."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self.rules: tuple[int, ...] = ()
        self.law: Law | None = None


_kept = _Kept()


def forget() -> None:
    """Look again at the next question: a rule came or went."""
    _kept.at = None


def law_at(at: datetime) -> Law:
    """The law with every local rule that stands. Another process's rule counts within five seconds."""
    fresh = _kept.at is not None and timedelta() <= at - _kept.at < KEPT_FOR
    if not fresh or _kept.law is None:
        _look(at)
    assert _kept.law is not None
    return _kept.law


def _look(at: datetime) -> None:
    rows = list(LocalRule.objects.filter(withdrawn_at=None).order_by("signed_on", "pk"))
    keys = tuple(row.pk for row in rows)
    if _kept.law is None or keys != _kept.rules:
        shipped = Law.shipped()
        _kept.law = shipped.with_overlay(*(overlay_of(row) for row in rows)) if rows else shipped
    _kept.at, _kept.rules = at, keys


def overlay_of(row: LocalRule) -> Overlay:
    """A row as the law takes it."""
    return Overlay.province(
        number=row.number, signed_on=row.signed_on, signatory=row.signatory, issuer=row.issuer, editions=row.editions
    )


def first_day(row: LocalRule) -> date:
    """The first day that any of its editions covers."""
    return min(date.fromisoformat(str(edition["since"])) for edition in row.editions.values())


def find_rules() -> list[LocalRule]:
    """Every local rule, newest first, withdrawn ones too."""
    return list(LocalRule.objects.select_related("unit").order_by("-signed_on", "-pk"))
