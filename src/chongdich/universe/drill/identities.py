"""Who the synthetic people are: invented names, days of birth, numbers, telephones and hamlets, from the seed alone."""

from dataclasses import dataclass
from datetime import date, timedelta

from chongdich.universe.drill.chance import lot
from chongdich.universe.people import FAMILY

MIDDLE = {
    "m": ("Văn", "Văn", "Văn", "Đức", "Minh", "Hữu", "Quang", "Xuân", "Ngọc", "Đình", "Mạnh", "Duy"),
    "f": ("Thị", "Thị", "Thị", "Thu", "Thanh", "Ngọc", "Kim", "Minh", "Hồng", "Bích", "Mai", "Diệu"),
}
_MEN = """
An Bình Chiến Chung Cường Dũng Duy Dương Đạt Đông Giang Hải Hào Hiếu Hoàng Hùng Huy Hưng Khánh Khoa Kiên Lâm Long Lợi
Mạnh Nam Nghĩa Nhật Phong Phú Quân Quyết Sơn Tài Thái Thành Thắng Thịnh Tiến Toàn Trung Tuấn Tùng Việt Vinh
"""
_WOMEN = """
Ánh Bích Chi Diệp Dung Duyên Đào Hà Hạnh Hằng Hiền Hoa Hoài Huệ Huyền Hương Lan Lệ Liên Loan Ly Mai Mến My Nga Ngân
Nguyệt Nhung Oanh Phượng Quỳnh Quyên Tâm Thảo Thắm Thơ Thu Thủy Thương Trà Trang Tuyết Tươi Vân Yến
"""
GIVEN = {"m": tuple(_MEN.split()), "f": tuple(_WOMEN.split())}
HAMLETS = ("Nà Khao", "Nà Hỏi", "Phiêng Chì", "Khuổi Tẩu", "Bản Luộc", "Nà Ngò", "Cốc Diển", "Lủng Piầu", "Vằng Quan",
           "Thiêng Điểm", "Nà Ma", "Khuổi Pết")  # fmt: skip
PEOPLE_OF_A_HAMLET = 180
STARTS = ("032", "033", "034", "035", "036", "037", "038", "039", "086", "096", "097", "098", "091", "094")


@dataclass(frozen=True)
class Identity:
    """A person as they truly are; what a form or a list says of them may differ."""

    name: str
    sex: str
    born: date
    hamlet: str
    phone: str = ""
    cccd: str = ""


@dataclass(frozen=True)
class Kin:
    """What an identity rests on: the household's number, the place in it (0: head), and its head's age."""

    household: int
    position: int
    head_age: int


def identity(seed: int, person: int, age: int, kin: Kin, on: date) -> Identity:
    """The invented identity of a simulated person of an age on a day."""
    chance = lot(seed, "identity", person)
    sex = _sex(seed, kin, chance.random())
    name = " ".join((_family(seed, person, age, kin), chance.choice(MIDDLE[sex]), chance.choice(GIVEN[sex])))
    born = on - timedelta(days=int(365.25 * age) + chance.randrange(1, 365))
    has_phone = chance.random() < (0.85 if 15 <= age < 70 else 0.25 if age >= 70 else 0.0)
    phone = f"{chance.choice(STARTS)}{chance.randrange(10**7):07}"
    century = 2 * (born.year // 100 - 19) + (sex == "f")
    has_card = chance.random() < 0.6 and age >= 16
    cccd = f"006{century}{born.year % 100:02}{chance.randrange(10**6):06}"
    return Identity(name, sex, born, hamlet_of(kin.household), phone if has_phone else "", cccd if has_card else "")


def hamlet_of(household: int) -> str:
    """Households next to each other live in one hamlet."""
    return f"Thôn {HAMLETS[household // PEOPLE_OF_A_HAMLET % len(HAMLETS)]}"


def _sex(seed: int, kin: Kin, drawn: float) -> str:
    """The head and the second member are a couple; everybody else is drawn."""
    head = lot(seed, "head", kin.household).choice("mmf")
    if kin.position == 0:
        return head
    if kin.position == 1:
        return "f" if head == "m" else "m"
    return "m" if drawn < 0.5 else "f"


def _family(seed: int, person: int, age: int, kin: Kin) -> str:
    """Children bear the household's name, whoever married in their own."""
    inherits = kin.position == 0 or age < kin.head_age - 15
    chance = lot(seed, "family", kin.household) if inherits else lot(seed, "own family", person)
    return chance.choice(FAMILY)
