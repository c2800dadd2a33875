"""The commune that the cells of a list name, all of the registry's communes in memory. No question per row."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from rapidfuzz import fuzz, process

from chongdich.core.vietnamese import fold_words
from chongdich.registry.places.kinds import Level
from chongdich.registry.places.models import Within

_WRITTEN = "thi tran|thanh pho|thi xa|phuong|quan|huyen|tinh|xa|tp|tt|p|h|x|q"
_KINDS = tuple(f"{kind} " for kind in _WRITTEN.split("|"))


def bare(name: str) -> str:
    """A place's name folded, without its kind."""
    folded = fold_words(name)
    kind = next((kind for kind in _KINDS if folded.startswith(kind)), "")
    return folded.removeprefix(kind)


@dataclass(frozen=True)
class Found:
    """`place` when the commune is in the registry; `problem` when it should be and is not; neither when elsewhere."""

    place: int | None = None
    problem: str = ""


class Communes:
    """Communes by name, with the units above them, as they are on a day."""

    def __init__(self, on: date) -> None:
        self.by_name: dict[str, list[tuple[int, str]]] = {}
        self.districts: set[str] = set()
        self.provinces: set[str] = set()
        self._known: dict[tuple[str, str, str, str], Found] = {}
        alive = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
        rows = Within.objects.filter(alive, distance__gt=0, place__level=Level.COMMUNE, place__valid_from__lte=on)
        rows = rows.filter(Q(place__valid_until=None) | Q(place__valid_until__gt=on)).order_by("place_id", "distance")
        for place, name, above, level in rows.values_list("place_id", "place__name", "above__name", "above__level"):
            self._take(place, bare(name), bare(above), level)

    def _take(self, place: int, name: str, above: str, level: int) -> None:
        if level == Level.PROVINCE:
            self.provinces.add(above)
            if any(known == place for known, _ in self.by_name.get(name, ())):
                return
        else:
            self.districts.add(above)
        self.by_name.setdefault(name, []).append((place, above))

    def find(self, address: str, commune: str, district: str, province: str) -> Found:
        """By the commune's own cell, else by the parts of the address."""
        key = (address, commune, district, province)
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _find(self, address: str, commune: str, district: str, province: str) -> Found:
        if province and bare(province) not in self.provinces:
            return Found()
        if commune:
            return self._named(commune, district)
        return self._in_address(", ".join(part for part in (address, district, province) if part))

    def _named(self, commune: str, district: str) -> Found:
        there = self.by_name.get(bare(commune), [])
        if district:
            there = [one for one in there if one[1] == bare(district)]
        if len(there) == 1:
            return Found(there[0][0])
        if there:
            return Found(problem=f"Có {len(there)} xã, phường tên “{commune}”; cần ghi cả huyện")
        above = f" ở {district}" if district else ""
        return Found(problem=f"Không có xã, phường “{commune}”{above} trong danh mục{self._near(commune)}")

    def _near(self, commune: str) -> str:
        found = process.extractOne(bare(commune), self.by_name.keys(), scorer=fuzz.ratio, score_cutoff=75)
        return f"; có phải “{found[0].title()}”?" if found else ""

    def _in_address(self, address: str) -> Found:
        parts = [bare(part) for part in address.replace(";", ",").split(",") if part.strip()]
        if len(parts) > 2 and parts[-1] not in self.provinces | self.districts:
            return Found()
        for at in range(len(parts) - 1, -1, -1):
            there = [place for place, above in self.by_name.get(parts[at], []) if above in parts[at + 1 :]]
            if len(there) == 1:
                return Found(there[0])
        alone = {place for part in parts[-2:] for place, _ in self.by_name.get(part, [])}
        return Found(alone.pop()) if len(alone) == 1 and len(parts) <= 2 else Found()
