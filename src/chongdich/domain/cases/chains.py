"""What cannot be right in a chain of infection: rules over cases and their links. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PROBLEM = {
    "loop": ("Vòng lặp", "bad"),
    "secondary_first": ("Ca sau có trước ca nguồn", "bad"),
    "before_window": ("Lây trước khi nguồn có thể lây", "bad"),
    "gap": ("Đứt quãng giữa nguồn và ca", "warn"),
    "several_sources": ("Nhiều nguồn, chưa chọn", "warn"),
    "origin": ("Nguồn gốc trái với nguồn lây", "warn"),
    "source_missing": ("Ghi rõ nguồn nhưng chưa có ca nguồn", "warn"),
    "isolated": ("Ca lẻ", "info"),
    "no_day": ("Thiếu ngày", "warn"),
    "no_onset": ("Có triệu chứng, thiếu ngày khởi phát", "warn"),
    "order": ("Ngày không theo thứ tự", "bad"),
}  # name -> (Vietnamese, tone)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A case as its chain is judged. `elsewhere`: it has a source that the reader may not see."""

    case_id: int
    label: str
    onset: date | None = None
    sampled: date | None = None
    resulted: date | None = None
    confirmed: date | None = None
    isolated: date | None = None
    ended: date | None = None
    infectious_from: date | None = None
    infectious_until: date | None = None
    origin: str = "unknown"
    symptoms: bool = False
    chosen: int | None = None
    elsewhere: bool = False

    @property
    def day(self) -> date | None:
        """The day it is drawn at: onset, else the first thing known."""
        return self.onset or self.sampled or self.resulted or self.confirmed


@dataclass(frozen=True)
class Problem:
    """One thing to look at: which rule, which cases (the first is the one to open), and the words."""

    kind: str
    case_ids: tuple[int, ...]
    text: str

    @property
    def label(self) -> str:
        return PROBLEM[self.kind][0]

    @property
    def tone(self) -> str:
        return PROBLEM[self.kind][1]


Links = Sequence[tuple[int, int]]  # (source, case)


def find_problems(
    cases: Mapping[int, Told], links: Links, loops: Iterable[Sequence[int]], incubation_days: int
) -> list[Problem]:
    """All problems, the worst kinds first; `loops` are groups of cases that infect each other in a circle."""
    found = [_loop(cases, group) for group in loops]
    sources: dict[int, list[int]] = defaultdict(list)
    linked = set()
    for source, case in links:
        found.extend(_link_problems(cases[source], cases[case], incubation_days))
        sources[case].append(source)
        linked |= {source, case}
    for told in cases.values():
        found.extend(_source_problems(told, len(sources[told.case_id]), told.case_id in linked))
        found.extend(_day_problems(told))
    order = {kind: place for place, kind in enumerate(PROBLEM)}
    return sorted(found, key=lambda one: (order[one.kind], one.case_ids))


def _loop(cases: Mapping[int, Told], group: Sequence[int]) -> Problem:
    labels = " → ".join(cases[one].label for one in group[:8])
    return Problem("loop", tuple(group), f"Các ca lây cho nhau thành vòng: {labels}{' …' if len(group) > 8 else ''}")


def _link_problems(source: Told, case: Told, incubation_days: int) -> Iterator[Problem]:
    """What cannot be between a source and whom it infected; onset is compared with onset only."""
    pair = (case.case_id, source.case_id)
    if source.onset and case.onset and case.onset < source.onset:
        days = (source.onset - case.onset).days
        yield Problem(
            "secondary_first", pair,
            f"{case.label} khởi phát {case.onset:%d/%m/%Y}, trước ca nguồn {source.label} {days} ngày",
        )  # fmt: skip
    first = case.day
    if source.infectious_from and first and first < source.infectious_from:
        yield Problem(
            "before_window", pair,
            f"{case.label} có từ {first:%d/%m/%Y}; {source.label} chỉ có thể lây từ {source.infectious_from:%d/%m/%Y}",
        )  # fmt: skip
    last = source.infectious_until or source.isolated or source.ended
    if last and case.onset and case.onset > last + timedelta(days=incubation_days):
        days = (case.onset - last).days
        yield Problem(
            "gap", pair,
            f"{case.label} khởi phát {days} ngày sau khi {source.label} hết lây, quá {incubation_days} ngày ủ bệnh: "
            "có thể thiếu một ca ở giữa",
        )  # fmt: skip


def _source_problems(told: Told, sources: int, linked: bool) -> Iterator[Problem]:
    one = (told.case_id,)
    if sources > 1 and told.chosen is None:
        yield Problem("several_sources", one, f"{told.label} có {sources} nguồn có thể, chưa chọn nguồn nào")
    if sources and told.origin == "imported":
        yield Problem("origin", one, f"{told.label} ghi là nhập cảnh nhưng có ca nguồn trong nước")
    if told.origin == "community_known" and not sources and not told.elsewhere:
        yield Problem("source_missing", one, f"{told.label} ghi là rõ nguồn lây nhưng chưa nối với ca nào")
    if not linked and not told.elsewhere and told.origin in ("community_unknown", "unknown"):
        yield Problem("isolated", one, f"{told.label} chưa nối với ca nào, chưa rõ nguồn lây")


def _day_problems(told: Told) -> Iterator[Problem]:
    one = (told.case_id,)
    if told.day is None:
        yield Problem("no_day", one, f"{told.label} không có ngày khởi phát, lấy mẫu hay xác định nào")
    elif told.symptoms and told.onset is None:
        yield Problem("no_onset", one, f"{told.label} có triệu chứng nhưng không ghi ngày khởi phát")
    if told.onset and told.ended and told.ended < told.onset:
        yield Problem("order", one, f"{told.label} kết thúc {told.ended:%d/%m/%Y} trước ngày khởi phát")
    if told.sampled and told.resulted and told.resulted < told.sampled:
        yield Problem("order", one, f"{told.label} có kết quả {told.resulted:%d/%m/%Y} trước ngày lấy mẫu")


def exposure_window(case: Told, source: Told | None, incubation_days: int) -> tuple[date, date] | None:
    """When a case was probably infected: its incubation before onset, cut to when its source could infect.

    None when the case has no day, or when the two do not meet (then the link itself is doubtful).
    """
    if case.day is None:
        return None
    since, until = case.day - timedelta(days=incubation_days), case.day
    if source is None:
        return since, until
    since = max(since, source.infectious_from or since)
    last = source.infectious_until or source.isolated
    until = min(until, last) if last else until
    return (since, until) if since <= until else None
