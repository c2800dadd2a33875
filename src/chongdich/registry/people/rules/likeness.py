"""When two rows are probably one person. Explained field by field; a name alone never suffices.

Points are weights of evidence set by hand on generated people (`benchmarks/people`); 50 and more is "probably one".
"""

from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from chongdich.core.vietnamese import fold, fold_words
from chongdich.registry.people.rules.names import has_marks, is_syllable, spoken

PROBABLE = 50
CERTAIN = 100


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of one person that speak for or against being another. Places are numbers of places."""

    name: str
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    cccd: str = ""
    cmnd: str = ""
    passport: str = ""
    insurance_number: str = ""
    phones: frozenset[str] = frozenset()
    residence: int | None = None
    present: int | None = None
    hamlet: str = ""
    household: int | None = None

    @property
    def places(self) -> frozenset[int]:
        return frozenset(place for place in (self.residence, self.present) if place)


@dataclass(frozen=True, slots=True)
class Finding:
    """One field: how it speaks, with how many points, in Vietnamese."""

    field: str
    points: int
    words: str

    @property
    def agrees(self) -> bool:
        return self.points > 0

    @property
    def differs(self) -> bool:
        return self.points < 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two rows are, 0 … 100, and why."""

    score: int
    certain: bool
    findings: tuple[Finding, ...]

    @property
    def probable(self) -> bool:
        return self.certain or self.score >= PROBABLE

    @property
    def agreeing(self) -> tuple[str, ...]:
        return tuple(one.field for one in self.findings if one.agrees)


def compare(one: Facets, other: Facets) -> Comparison:
    """Weigh two rows. The same citizen number is certain; a name never counts without another field that agrees."""
    found = [
        finding
        for finding in (
            _name(one.name, other.name),
            _birth(one, other),
            _sex(one.sex, other.sex),
            *_numbers(one, other),
            _phones(one.phones, other.phones),
            _place(one, other),
            _household(one, other),
        )
        if finding
    ]
    if one.cccd and one.cccd == other.cccd:
        return Comparison(CERTAIN, True, tuple(found))
    total = sum(finding.points for finding in found)
    anything_else = any(finding.agrees for finding in found if finding.field not in ("name", "sex"))
    return Comparison(max(0, min(CERTAIN - 1, total)) if anything_else else 0, False, tuple(found))


def name_points(one: str, other: str) -> int:
    """30 for the same name down to -40 for another: see `_name`."""
    return _name(one, other).points


def _name(one: str, other: str) -> Finding:
    ours, theirs = fold_words(one).split(), fold_words(other).split()
    if ours == theirs:
        return _marks(one, other)
    if sorted(ours) == sorted(theirs):
        return Finding("name", 22, "cùng các chữ, khác thứ tự")
    if len(ours) == len(theirs):
        return _letters(ours, theirs)
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) >= 2 and shorter[-1] == longer[-1] and shorter[0] == longer[0] and set(shorter) <= set(longer):
        return Finding("name", 16, "thiếu một chữ đệm")
    return Finding("name", -40, "khác tên")


def _marks(one: str, other: str) -> Finding:
    """The folded names are one: do the diacritics agree, does one side have none, or do they differ?"""
    if _spoken(one) == _spoken(other):
        return Finding("name", 30, "cùng tên")
    if not (has_marks(one) and has_marks(other)):
        return Finding("name", 27, "cùng tên, một bên không dấu")
    return Finding("name", 8, "khác dấu")


def _spoken(name: str) -> list[tuple[str, str]]:
    return [spoken(word) for word in name.split()]


def _letters(ours: list[str], theirs: list[str]) -> Finding:
    """As many words, some spelt otherwise. "An" and "Anh" are two names; "Hungg" is a slip for "Hung"."""
    unlike = [(a, b) for a, b in zip(ours, theirs) if a != b]
    if (
        len(unlike) == 1
        and OSA.distance(*unlike[0]) <= 1
        and not (is_syllable(unlike[0][0]) and is_syllable(unlike[0][1]))
    ):
        return Finding("name", 22, "sai một chữ cái")
    if len(unlike) == 1 and (ours[-1], theirs[-1]) != unlike[0] and len(ours) > 2:
        return Finding("name", -5, "khác một chữ họ hoặc đệm")
    return Finding("name", -40, "khác tên")


def _birth(one: Facets, other: Facets) -> Finding | None:
    if one.birth_date and other.birth_date:
        return _birth_dates(one.birth_date, other.birth_date)
    years = one.birth_year, other.birth_year
    if None in years:
        return None
    apart = abs(years[0] - years[1])  # type: ignore[operator]
    if apart == 0:
        return Finding("birth", 15, "cùng năm sinh")
    return Finding("birth", -8, "năm sinh lệch 1") if apart == 1 else Finding("birth", -40, "khác năm sinh")


def _birth_dates(one: date, other: date) -> Finding:
    if one == other:
        return Finding("birth", 30, "cùng ngày sinh")
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return Finding("birth", 22, "ngày và tháng sinh đảo nhau")
    same = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    if same == 2 and abs(one.year - other.year) in (0, 1, 10):
        return Finding("birth", 10, "ngày sinh khác một số")
    if one.year == other.year:  # the first of January stands for a day that nobody knew
        return Finding(
            "birth",
            12 if (1, 1) in ((one.day, one.month), (other.day, other.month)) else -10,
            "cùng năm sinh, khác ngày",
        )
    return Finding("birth", -40, "khác ngày sinh")


def _sex(one: str, other: str) -> Finding | None:
    if not one or not other:
        return None
    return Finding("sex", 3, "cùng giới tính") if one == other else Finding("sex", -20, "khác giới tính")


# For each number: its field, its name, points when it is the same and when it differs.
_NUMBERS = (
    ("cccd", "CCCD", CERTAIN, -50),
    ("cmnd", "CMND", 50, -8),  # a move to another province brought a new one
    ("passport", "hộ chiếu", 45, 0),
    ("insurance_number", "mã BHXH", 45, -15),
)


def _numbers(one: Facets, other: Facets) -> list[Finding]:
    found = []
    for field, words, same, different in _NUMBERS:
        ours, theirs = getattr(one, field), getattr(other, field)
        if not ours or not theirs:
            continue
        if ours == theirs:
            found.append(Finding(field, same, f"cùng {words}"))
        elif OSA.distance(ours, theirs) == 1:
            found.append(Finding(field, 5, f"{words} lệch một chữ số"))
        else:
            found.append(Finding(field, different, f"khác {words}"))
    return found


def _phones(ours: frozenset[str], theirs: frozenset[str]) -> Finding | None:
    if not ours or not theirs:
        return None
    return Finding("phone", 20, "chung số điện thoại") if ours & theirs else Finding("phone", 0, "khác số điện thoại")


def _place(one: Facets, other: Facets) -> Finding | None:
    if not one.places or not other.places:
        return None
    if not one.places & other.places:
        return Finding("place", -3, "khác xã")
    if one.hamlet and fold(one.hamlet) == fold(other.hamlet):
        return Finding("place", 16, "cùng thôn, tổ")
    return Finding("place", 12, "cùng xã")


def _household(one: Facets, other: Facets) -> Finding | None:
    if not one.household or not other.household:
        return None
    return Finding(
        "household",
        6 if one.household == other.household else -3,
        "cùng hộ" if one.household == other.household else "khác hộ",
    )
