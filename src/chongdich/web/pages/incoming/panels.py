"""The panels that open inside a clause's card: its words, its units, its deadline, where to cut it."""

import hashlib
import re
from typing import Any

from django.utils.translation import gettext as _

from chongdich.application.journeys import review as journeys
from chongdich.application.lenses.incoming import find_units, suggest_units
from chongdich.core.errors import Conflict, Refused
from chongdich.domain.directives.models import Clause, Directive
from chongdich.registry.organisations.models import Organisation
from chongdich.web.access import Request
from chongdich.web.kit.forms import Form
from chongdich.web.pages.incoming.forms import ClauseForm, DeadlineForm
from chongdich.web.pages.incoming.reviewing import Card, chips

_CUTS = re.compile(r"[;.:]\s+|\n+")
SHOWN_AROUND = 60  # characters shown on each side of a cut


class Panel:
    """One panel over one clause. `save` gives the keys of the clauses that then stand in its place, or nothing."""

    only_asks = False

    def __init__(self, request: Request, directive: Directive, clause: Clause) -> None:
        self.request, self.directive, self.clause = request, directive, clause
        self.data = request.POST if request.method == "POST" else None
        self.form: Any = self.make_form()
        self.error = ""

    def make_form(self) -> Any:
        return None

    def card(self, name: str) -> Card:
        details = {**self.details(), "seen": self.stamp()}
        return Card(self.clause, panel=name, form=self.form, error=self.error, details=details)

    def stamp(self) -> str:
        """What the clause says now, short: sent along with a form, it tells whether somebody else saved meanwhile."""
        clause = self.clause
        units = sorted(clause.units.values_list("unit_id", "lead"))
        words = (clause.path, clause.text, clause.area, clause.due, clause.manner, clause.period, units)
        return hashlib.sha256(repr(words).encode()).hexdigest()[:16]

    def check_unchanged(self) -> None:
        """Conflict when the clause is no longer what this person saw; saving once more then overwrites knowingly."""
        seen = self.data.get("seen", "") if self.data is not None else ""
        if seen and seen != self.stamp():
            raise Conflict(_("Người khác vừa sửa điều khoản này. Chữ bạn gõ vẫn còn đây; lưu lần nữa để ghi đè."))

    def details(self) -> dict[str, Any]:
        return {}

    def save(self) -> list[int]:
        """Refused, the panel stays open with what was typed."""
        if self.form is not None and not self.form.is_valid():
            return []
        try:
            self.check_unchanged()
            return self.do()
        except Refused as refused:
            self.refused(refused)
            return []

    def refused(self, refused: Refused) -> None:
        if isinstance(self.form, Form):
            self.form.refuse(refused)
        else:
            self.error = refused.message

    def do(self) -> list[int]:
        raise NotImplementedError

    def correct(self, changes: dict[str, Any]) -> list[int]:
        journeys.correct_clause(self.request.desk, clause_id=self.clause.pk, changes=changes)
        return [self.clause.pk]


class WordsPanel(Panel):
    """What the clause says, its number and its area."""

    def make_form(self) -> ClauseForm:
        clause = self.clause
        initial = {"path": clause.path, "text": clause.text, "area": clause.area}
        return ClauseForm(self.data, initial=initial, auto_id=f"dk-{clause.pk}-%s")

    def do(self) -> list[int]:
        return self.correct(self.form.cleaned_data)


class DeadlinePanel(Panel):
    """By when and how."""

    def make_form(self) -> DeadlineForm:
        clause = self.clause
        initial = {"due": clause.due, "manner": clause.manner, "period": clause.period}
        return DeadlineForm(self.data, initial=initial, auto_id=f"dk-{clause.pk}-%s")

    def do(self) -> list[int]:
        return self.correct(self.form.cleaned_data)


class UnitsPanel(Panel):
    """Which bodies owe the clause and which help. Checked boxes stay; a search without scripts offers more boxes."""

    @property
    def only_asks(self) -> bool:  # type: ignore[override]
        return self.data is not None and "tim" in self.data

    def chosen(self, side: str) -> list[int]:
        if self.data is None:
            return [row.unit_id for row in self.clause.units.all() if row.lead == (side == "lead")]
        return [int(key) for key in self.data.getlist(side) if key.isascii() and key.isdigit() and len(key) < 18]

    def details(self) -> dict[str, Any]:
        labels = {"lead": _("Chủ trì"), "coordinating": _("Phối hợp")}
        keys = {side: self.chosen(side) for side in labels}
        bodies = Organisation.objects.in_bulk({key for found in keys.values() for key in found})
        phrases = {row.unit_id: row.phrase for row in self.clause.units.all()}
        sides = [
            (side, label, chips((phrases.get(key, ""), bodies[key]) for key in keys[side] if key in bodies))
            for side, label in labels.items()
        ]
        typed = self.data.get("q", "") if self.data is not None else ""
        return {
            "sides": sides,
            "suggestions": suggest_units(self.directive, self.clause),
            "typed": typed,
            "found": find_units(self.directive, typed),
        }

    def do(self) -> list[int]:
        lead, helping = self.chosen("lead"), self.chosen("coordinating")
        known = set(Organisation.objects.filter(pk__in={*lead, *helping}).values_list("pk", flat=True))
        if not known.issuperset({*lead, *helping}):
            raise Refused(_("Có đơn vị không còn trong danh mục; hãy chọn lại."))
        journeys.set_clause_units(self.request.desk, clause_id=self.clause.pk, lead=lead, coordinating=helping)
        return [self.clause.pk]


class SplitPanel(Panel):
    """Where to cut: at the cursor when there was one in the words, else after a sentence or a semicolon."""

    def at(self) -> int:
        given = (self.data or self.request.GET).get("at", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0

    def details(self) -> dict[str, Any]:
        text, at = self.clause.text, self.at()
        cuts = [found.end() for found in _CUTS.finditer(text) if 0 < found.end() < len(text)]
        cuts = sorted({*cuts, at} if 0 < at < len(text) else set(cuts))
        return {"cuts": [(cut, *_around(text, cut)) for cut in cuts], "at": at or (cuts[0] if cuts else 0)}

    def do(self) -> list[int]:
        pair = journeys.split_clause(self.request.desk, clause_id=self.clause.pk, at=self.at())
        return [row.pk for row in pair]


def _around(text: str, cut: int) -> tuple[str, str]:
    left, right = text[:cut], text[cut:]
    before = left if len(left) <= SHOWN_AROUND else "…" + left[-SHOWN_AROUND:]
    return before, right if len(right) <= SHOWN_AROUND else right[:SHOWN_AROUND] + "…"


PANELS: dict[str, type[Panel]] = {
    "sua": WordsPanel,
    "don-vi": UnitsPanel,
    "han": DeadlinePanel,
    "tach": SplitPanel,
}
