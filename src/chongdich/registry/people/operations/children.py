"""Every column in the house that points at a person, found from the models themselves: new rooms need do nothing."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from chongdich.registry.people.models import Likeness, Merge, Opening, Person

# What tells about the merge itself, or about who looked at which row, stays with the row it was written for.
STAYS: tuple[type[models.Model], ...] = (Merge, Likeness, Opening)
LOT = 500


def references() -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """(model, field) of every foreign key to a person, many-to-many tables included, in a steady order."""
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label):
        if model in STAYS or not model._meta.managed or model._meta.proxy:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.ForeignKey) and field.remote_field.model is Person:
                yield model, field


def move_all(source: int, target: int) -> list[dict[str, Any]]:
    """Point everything that points at one person to another: [{model, field, moved, left}], row keys.

    A row that would break a uniqueness of its table stays where it is and is listed under `left`.
    """
    found = []
    for model, field in references():
        keys = list(model._base_manager.filter(**{field.attname: source}).order_by("pk").values_list("pk", flat=True))
        if keys:
            moved, left = _move(model, field, keys, target)
            found.append({"model": model._meta.label, "field": field.name, "moved": moved, "left": left})
    return found


def _move(model: type[models.Model], field: models.ForeignKey, keys: list[Any], target: int) -> tuple[list, list]:
    """All at once where nothing can clash; else row by row."""
    if not _may_clash(model, field):
        for start in range(0, len(keys), LOT):
            model._base_manager.filter(pk__in=keys[start : start + LOT]).update(**{field.attname: target})
        return [_plain(key) for key in keys], []
    moved: list[Any] = []
    left: list[Any] = []
    for key in keys:
        (moved if _moved_one(model, field, key, target) else left).append(_plain(key))
    return moved, left


def _may_clash(model: type[models.Model], field: models.ForeignKey) -> bool:
    if field.unique or any(field.name in together for together in model._meta.unique_together):
        return True
    unique = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return any(field.name in one.fields or one.expressions or one.condition for one in unique)


def _moved_one(model: type[models.Model], field: models.ForeignKey, key: Any, target: int) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=key).update(**{field.attname: target})
    except IntegrityError:
        return False
    return True


def _plain(key: Any) -> Any:
    return key if isinstance(key, int) else str(key)


def move_back(journal: list[dict[str, Any]], target: int, source: int) -> None:
    """Undo `move_all`: rows of the journal that still point at `target` point at `source` again."""
    for part in reversed(journal):
        model = apps.get_model(part["model"])
        name = model._meta.get_field(part["field"]).attname
        keys = part["moved"]
        for start in range(0, len(keys), LOT):
            rows = model._base_manager.filter(pk__in=keys[start : start + LOT], **{name: target})
            rows.update(**{name: source})
