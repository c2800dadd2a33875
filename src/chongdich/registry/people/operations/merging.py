"""Two rows become one person: everything that pointed at the one now points at the other, and it is written down."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q

from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.people import facts
from chongdich.registry.people.models import Likeness, Merge, Person
from chongdich.registry.people.operations.children import move_all

# What the kept row takes over where it is blank. The name moves only when somebody chooses it.
_FILLED = """
birth_date birth_year sex cccd cmnd passport insurance_number occupation workplace school guardian_name guardian_phone
pregnant pregnant_until comorbidities vaccine_doses last_dose_on last_vaccine residence_id residence_hamlet
residence_address present_id present_hamlet present_address household_id note
"""
FILLED = _FILLED.split()


@transaction.atomic
def merge_people(*, kept_id: int, gone_id: int, take: tuple[str, ...] = (), by: Author) -> Merge:
    """Merge `gone` into `kept`. `take` names fields whose value comes from the row that goes, name included.

    Blanks of the kept row are filled. Refused when the two are one row; Conflict when one is merged already.
    """
    kept, gone = _both(kept_id, gone_id)
    journal: dict[str, Any] = {"rows": move_all(gone.pk, kept.pk)}
    kept.refresh_from_db()
    journal["filled"] = _take_over(kept, gone, take)
    kept.version += 1
    kept.save()
    Person.objects.filter(pk=gone.pk).update(merged_into=kept, version=gone.version + 1)
    merge = Merge.objects.create(kept=kept, gone=gone, at=by.at, by=by.account_id, moved=_plain(journal))
    _settle_pair(kept.pk, gone.pk, by)
    fact = facts.PeopleMerged(merge_id=merge.pk, kept_id=kept.pk, gone_id=gone.pk)
    record(fact, by=by, about=[f"person:{kept.pk}", f"person:{gone.pk}"])
    return merge


def _both(kept_id: int, gone_id: int) -> tuple[Person, Person]:
    if kept_id == gone_id:
        raise Refused("Không thể gộp một hồ sơ với chính nó.")
    rows = Person.objects.select_for_update().filter(pk__in=(kept_id, gone_id)).order_by("pk")
    found = {person.pk: person for person in rows}
    if len(found) < 2:
        raise NotFound("Không tìm thấy người này.")
    if any(person.merged_into_id for person in found.values()):
        raise Conflict("Một trong hai hồ sơ đã được gộp.")
    return found[kept_id], found[gone_id]


def _take_over(kept: Person, gone: Person, take: tuple[str, ...]) -> dict[str, list[Any]]:
    """Fill and take values; {field: [before, after]} for the undoing."""
    wanted = [name for name in FILLED if _blank(getattr(kept, name)) and not _blank(getattr(gone, name))]
    if "birth_date" in wanted and kept.birth_year not in (None, gone.birth_year):
        wanted.remove("birth_date")  # the years disagree: nothing is mixed
    wanted += [name for name in (*FILLED, "name", "name_folded") if name in _paired(take) and name not in wanted]
    changed = {name: [getattr(kept, name), getattr(gone, name)] for name in wanted}
    for name, (_, after) in changed.items():
        setattr(kept, name, after)
    return changed


_PAIRS = {"name": ("name_folded",), "birth_date": ("birth_year",)}


def _paired(take: tuple[str, ...]) -> set[str]:
    return {*take, *(other for name in take for other in _PAIRS.get(name, ()))}


def _blank(value: Any) -> bool:
    return value is None or value in ("", [])


def _plain(journal: dict[str, Any]) -> Any:
    """Days as text, so that the journal is JSON."""
    return json.loads(json.dumps(journal, cls=DjangoJSONEncoder))


def _settle_pair(one: int, other: int, by: Author) -> None:
    pair = Q(first=min(one, other), second=max(one, other), state=Likeness.State.OPEN)
    Likeness.objects.filter(pair).update(state=Likeness.State.MERGED, decided_by=by.account_id, decided_at=by.at)
