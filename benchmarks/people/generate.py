"""Invented people in the proportions of Vietnamese names, and damaged copies of some, from one seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from chongdich.core.vietnamese import fold
from chongdich.registry.people.rules import Facets

_FAMILIES = """
Nguyễn 310 Trần 110 Lê 95 Phạm 70 Hoàng 50 Phan 45 Vũ 39 Nông 30 Đặng 21 Bùi 20 Triệu 20 Hà 15 Đỗ 14 Hồ 13 Ngô 13
Ma 12 Dương 10 Lý 10 Trương 9 Lường 8 Đinh 8 Đoàn 7 Đàm 6 Cao 6 Giàng 5 Lưu 5 Bế 4 Mai 4 Chu 4 Tô 3
"""
_MIDDLES = """
Văn Văn Văn Văn Đức Minh Hữu Quang Xuân Ngọc Đình Công Mạnh Anh Tuấn Thanh Duy Bá Trọng Hoàng;
Thị Thị Thị Thị Thu Thanh Ngọc Kim Minh Phương Hồng Bích Thùy Khánh Mai Diệu Quỳnh Hoài Như Bảo
"""
_GIVENS = """
An Anh Bình Bảo Chiến Chung Công Cường Dũng Duy Dương Đạt Đông Đức Giang Hà Hải Hào Hiếu Hòa Hoàng Hùng Huy Hưng Khánh
Khang Khoa Kiên Lâm Linh Long Lộc Lợi Mạnh Minh Nam Nghĩa Ngọc Nguyên Nhân Nhật Phong Phú Phúc Phương Quân Quang Quốc
Quyết Sơn Sinh Tài Tâm Tân Thái Thành Thanh Thắng Thế Thiện Thịnh Thuận Tiến Tín Toàn Trí Trung Trường Tú Tuân Tuấn Tùng
Tuyên Văn Việt Vinh Vũ Vương;
An Anh Ánh Bích Châu Chi Diễm Diệp Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hoa Hòa Hoài Hồng Huệ Huyền Hương Hường Khánh
Kiều Lan Lệ Liên Linh Loan Ly Mai Mến Minh My Mỹ Na Nga Ngân Ngọc Nguyệt Nhi Nhung Như Oanh Phương Phượng Quỳnh Quyên
Tâm Thanh Thảo Thắm Thơ Thu Thủy Thùy Thúy Thương Tiên Trà Trang Trâm Trinh Tú Tuyết Tươi Uyên Vân Vi Vy Xuân Yến
"""
FAMILIES = dict(zip(_FAMILIES.split()[::2], map(int, _FAMILIES.split()[1::2])))
MIDDLES = dict(zip("mf", (half.split() for half in _MIDDLES.split(";"))))
GIVENS = dict(zip("mf", (half.split() for half in _GIVENS.split(";"))))
_NAMES, _WEIGHTS = list(FAMILIES), list(accumulate(FAMILIES.values()))
FIRST_DAY = date(1935, 1, 1)


@dataclass(frozen=True)
class Someone:
    """A generated person; `truth` is the same for copies of one person."""

    truth: int
    facets: Facets


def people(count: int, places: list[int], seed: int = 1) -> Iterator[Someone]:
    """So many different people, a third of whom have a telephone, half a citizen number."""
    chance = random.Random(seed)
    for number in range(count):
        sex = chance.choice("mf")
        born = FIRST_DAY + timedelta(days=int(31_500 * chance.betavariate(2.2, 1.6)))
        name = " ".join(
            (chance.choices(_NAMES, cum_weights=_WEIGHTS)[0], chance.choice(MIDDLES[sex]), chance.choice(GIVENS[sex]))
        )
        if chance.random() < 0.15:
            words = name.split()
            name = " ".join((*words[:2], chance.choice(MIDDLES[sex][4:]), words[2]))
        place = chance.choice(places)
        century = (born.year // 100 - 19) * 2 + (sex == "f")
        cccd = f"006{century}{born.year % 100:02}{chance.randrange(10**6):06}" if chance.random() < 0.5 else ""
        phones = frozenset([f"+849{chance.randrange(10**8):08}"]) if chance.random() < 0.35 else frozenset()
        yield Someone(
            number,
            Facets(
                name,
                born,
                born.year,
                sex,
                cccd=cccd,
                phones=phones,
                residence=place,
                hamlet=f"Thôn {chance.randrange(12)}",
            ),
        )


def damaged(one: Someone, places: list[int], chance: random.Random) -> Someone:
    """The same person as another list would have written: some facts missing, some wrong."""
    facets = one.facets
    if chance.random() < 0.35:
        facets = replace(facets, name=fold(facets.name).title())
    elif chance.random() < 0.12:
        facets = replace(facets, name=_slip(facets.name, chance))
    if chance.random() < 0.30 and facets.birth_date:
        facets = replace(facets, birth_date=None)
    elif chance.random() < 0.08 and facets.birth_date and facets.birth_date.day <= 12:
        facets = replace(
            facets, birth_date=facets.birth_date.replace(day=facets.birth_date.month, month=facets.birth_date.day)
        )
    if chance.random() < 0.7:
        facets = replace(facets, cccd="")
    if chance.random() < 0.5:
        facets = replace(facets, phones=frozenset())
    if chance.random() < 0.06:
        facets = replace(facets, residence=chance.choice(places))
    if chance.random() < 0.5:
        facets = replace(facets, hamlet="")
    if chance.random() < 0.03 and facets.birth_year:
        facets = replace(facets, birth_date=None, birth_year=facets.birth_year + chance.choice((-1, 1)))
    return Someone(one.truth, facets)


def _slip(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name))
    return name[:at] + chance.choice("eaoinhg") + name[at:]


def with_copies(count: int, places: list[int], share: float = 0.13, seed: int = 2) -> list[Someone]:
    """A list of `count` rows of which about `share` are damaged copies of others, shuffled."""
    chance = random.Random(seed)
    originals = list(people(round(count / (1 + share)), places, seed))
    copies = [damaged(chance.choice(originals), places, chance) for _ in range(count - len(originals))]
    rows = originals + copies
    chance.shuffle(rows)
    return rows
