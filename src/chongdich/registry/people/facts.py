"""What the registry of people announces: numbers only, never a name."""

from dataclasses import dataclass

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Fact):
    label = "Thêm nhân khẩu"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleRegistered(Fact):
    """Many people entered at one time: one fact however many."""

    label = "Thêm nhiều nhân khẩu"
    person_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PersonCorrected(Fact):
    label = "Sửa thông tin nhân khẩu"
    person_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class PeopleMerged(Fact):
    label = "Gộp nhân khẩu trùng"
    merge_id: int
    kept_id: int
    gone_id: int


@dataclass(frozen=True, kw_only=True)
class MergeUndone(Fact):
    label = "Hủy gộp nhân khẩu"
    merge_id: int
    kept_id: int
    gone_id: int


@dataclass(frozen=True, kw_only=True)
class DistinctSaid(Fact):
    label = "Xác nhận không phải một người"
    first_id: int
    second_id: int


@dataclass(frozen=True, kw_only=True)
class RecordOpened(Fact):
    label = "Mở hồ sơ nhân khẩu"
    person_id: int
    opening_id: int
