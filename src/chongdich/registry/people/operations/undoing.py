"""A merge is undone: what it moved goes back, what was entered since stays with the person that was kept."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from chongdich.core.errors import Conflict, NotFound
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.people import facts
from chongdich.registry.people.models import Likeness, Merge, Person
from chongdich.registry.people.operations.children import move_back


@transaction.atomic
def undo_merge(*, merge_id: int, by: Author) -> Merge:
    """Undo exactly. Conflict when it is undone already, or when the kept person was itself merged since."""
    merge = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None:
        raise NotFound("Không tìm thấy lần gộp này.")
    people = Person.objects.select_for_update().filter(pk__in=(merge.kept_id, merge.gone_id)).order_by("pk")
    found = {person.pk: person for person in people}
    kept, gone = found[merge.kept_id], found[merge.gone_id]
    _refuse_unsound(merge, kept, gone)
    move_back(merge.moved["rows"], kept.pk, gone.pk)
    kept.refresh_from_db()
    _give_back(kept, merge.moved["filled"])
    Person.objects.filter(pk=gone.pk).update(merged_into=None, version=gone.version + 1)
    merge.undone_at, merge.undone_by = by.at, by.account_id
    merge.save(update_fields=["undone_at", "undone_by"])
    pair = Q(first=min(kept.pk, gone.pk), second=max(kept.pk, gone.pk), state=Likeness.State.MERGED)
    Likeness.objects.filter(pair).update(state=Likeness.State.OPEN, decided_by=None, decided_at=None)
    fact = facts.MergeUndone(merge_id=merge.pk, kept_id=kept.pk, gone_id=gone.pk)
    record(fact, by=by, about=[f"person:{kept.pk}", f"person:{gone.pk}"])
    return merge


def _refuse_unsound(merge: Merge, kept: Person, gone: Person) -> None:
    if merge.undone_at:
        raise Conflict("Lần gộp này đã được hủy.")
    if gone.merged_into_id != kept.pk or kept.merged_into_id:
        raise Conflict("Hồ sơ được giữ đã gộp tiếp vào hồ sơ khác; hãy hủy lần gộp sau trước.")


def _give_back(kept: Person, filled: dict[str, list[Any]]) -> None:
    """Each value that the merge wrote and nobody changed since becomes what it was."""
    for name, (before, after) in filled.items():
        field = Person._meta.get_field(name.removesuffix("_id"))
        if getattr(kept, name) == field.to_python(after):  # type: ignore[union-attr]
            setattr(kept, name, field.to_python(before))  # type: ignore[union-attr]
    kept.version += 1
    kept.save()
