"""Who works in the sample province: invented names, one account per post."""

from collections.abc import Iterator
from dataclasses import dataclass

FAMILY = (
    "Hoàng",
    "Nông",
    "Triệu",
    "Lường",
    "Hà",
    "Ma",
    "Dương",
    "Bế",
    "Đàm",
    "Lý",
    "Nguyễn",
    "Phan",
    "Vi",
    "Cà",
    "Đinh",
)
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Thu", "Xuân", "Ngọc", "Hữu", "Kim")
GIVEN = ("An", "Bình", "Chiến", "Dung", "Giang", "Hạnh", "Khánh", "Lan", "Mạnh", "Nga", "Phương", "Quyết", "Sơn",
         "Thảo", "Tuyết", "Vinh", "Yến")  # fmt: skip


@dataclass(frozen=True)
class Post:
    """An account of the sample: login, role, and the unit by kind and place code."""

    username: str
    role: str
    kind: str
    place: str


POSTS = (
    Post("tinh.lanhdao", "leader", "ubnd", "06"),
    Post("tinh.vanthu", "clerk", "ubnd", "06"),
    Post("tinh.chuyenvien", "officer", "ubnd", "06"),
    Post("syt.lanhdao", "unit_head", "so_y_te", "06"),
    Post("syt.canbo", "unit_staff", "so_y_te", "06"),
    Post("catinh.canbo", "police", "cong_an", "06"),
    Post("babe.bcd", "officer", "bcd", "061"),
    Post("babe.lanhdao", "leader", "bcd", "061"),
    Post("babe.ubnd", "officer", "ubnd", "061"),
    Post("tp.chuyenvien", "officer", "ubnd", "058"),
    Post("tp.lanhdao", "leader", "ubnd", "058"),
    Post("tp.vanthu", "clerk", "ubnd", "058"),
    Post("phucloc.canbo", "unit_staff", "ubnd", "01894"),
    Post("phucloc.lanhdao", "unit_head", "ubnd", "01894"),
    Post("ducxuan.canbo", "unit_staff", "ubnd", "01840"),
    Post("cdc.dichte", "epidemiologist", "cdc", "06"),
    Post("phucloc.tyt", "health_station", "tram_y_te", "01894"),
)


def names() -> Iterator[str]:
    """Invented names, the same in the same order every time."""
    number = 0
    while True:
        yield (
            f"{FAMILY[number * 7 % len(FAMILY)]} {MIDDLE[number * 3 % len(MIDDLE)]} {GIVEN[number * 5 % len(GIVEN)]}"
        )
        number += 1
