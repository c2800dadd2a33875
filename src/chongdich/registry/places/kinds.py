"""The kinds of administrative unit and the levels they stand at."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How far from the whole country. Districts end on 1 July 2025."""

    COUNTRY = 0
    PROVINCE = 1
    DISTRICT = 2
    COMMUNE = 3

    @property
    def label(self) -> str:
        return _LEVEL_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[int, str]]:
        return [(level.value, level.label) for level in cls]


class PlaceKind(StrEnum):
    """Value: stable slug; `label`: the Vietnamese word that stands before the name."""

    COUNTRY = "nuoc"
    PROVINCE = "tinh"
    CITY = "thanh_pho"  # thành phố thuộc tỉnh
    DISTRICT = "huyen"
    COMMUNE = "xa"
    WARD = "phuong"
    TOWN = "thi_tran"

    @property
    def label(self) -> str:
        return _KINDS[self][0]

    @property
    def level(self) -> Level:
        return _KINDS[self][1]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


_LEVEL_LABELS = {
    Level.COUNTRY: "cả nước",
    Level.PROVINCE: "cấp tỉnh",
    Level.DISTRICT: "cấp huyện",
    Level.COMMUNE: "cấp xã",
}

_KINDS: dict[PlaceKind, tuple[str, Level]] = {
    PlaceKind.COUNTRY: ("nước", Level.COUNTRY),
    PlaceKind.PROVINCE: ("tỉnh", Level.PROVINCE),
    PlaceKind.CITY: ("thành phố", Level.DISTRICT),
    PlaceKind.DISTRICT: ("huyện", Level.DISTRICT),
    PlaceKind.COMMUNE: ("xã", Level.COMMUNE),
    PlaceKind.WARD: ("phường", Level.COMMUNE),
    PlaceKind.TOWN: ("thị trấn", Level.COMMUNE),
}
