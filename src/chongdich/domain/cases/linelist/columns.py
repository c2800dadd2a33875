"""Find the header of a list and say which field each column is, with how sure: by its names, then by its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256

from rapidfuzz import fuzz, process

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold_words
from chongdich.domain.cases.linelist.codes import code_key, prefix_of, references
from chongdich.domain.cases.linelist.days import DMY, MDY, Habit, habit_of
from chongdich.domain.cases.linelist.sheets import Row, Sheet
from chongdich.domain.cases.linelist.vocabulary import DAY, FIELDS, SEVERAL

LOOKED_AT = 40  # rows in which a header must begin
BLOCK = 7  # rows that a header of several lines spans at most
SURE, LIKELY = 100, 82
_SAMPLED = 3_000


@dataclass(frozen=True)
class Header:
    """`first` and `last` row positions of the header; `labels` what stands above each column, lines apart."""

    first: int
    last: int
    labels: list[str]

    @property
    def mark(self) -> str:
        """The same for the same columns in the same order: what a sender's mapping is remembered by."""
        return sha256("\x1f".join(fold_words(label) for label in self.labels).encode()).hexdigest()


@dataclass
class Guess:
    """Field of each column (None: not used), how sure (0 to 100), and how each day column writes its days."""

    fields: list[str | None]
    sureness: list[int]
    habits: dict[int, str] = field(default_factory=dict)
    shapes: dict[int, dict[str, str]] = field(default_factory=dict)  # orders of the shapes of mixed columns
    asked: list[int] = field(default_factory=list)  # columns of days where somebody must say
    mixed: list[int] = field(default_factory=list)
    prefix: str = "BN"


@cache
def _names() -> dict[str, str]:
    return {fold_words(name.replace("_", " ")): slug for slug, one in FIELDS.items() for name in one.names}


def match_label(label: str) -> tuple[str | None, int]:
    """(field, sureness) of one name of a column."""
    plain = fold_words(label.replace("_", " ").replace("-", " "))
    if not plain:
        return None, 0
    if plain in _names():
        return _names()[plain], SURE
    if len(plain) < 4:
        return None, 0
    found = process.extractOne(plain, _names().keys(), scorer=fuzz.token_sort_ratio, score_cutoff=LIKELY)
    return (_names()[found[0]], int(found[1])) if found else (None, 0)


def find_header(sheet: Sheet) -> Header:
    """The lines that name columns, below any title block. Refused when no line does."""
    known = [sum(match_label(cell)[1] >= SURE for cell in row) for row in sheet.rows[:LOOKED_AT]]
    best = max(known, default=0)
    if best < 2:
        raise Refused("Không tìm thấy dòng tiêu đề cột: cần một dòng có tên các cột như Họ tên, Tuổi, Địa chỉ.")
    strong = [at for at, count in enumerate(known) if count >= max(2, best // 2)]
    first = strong[0]
    last = max(at for at in strong if at - first < BLOCK)
    return Header(first, last, _labels(sheet.rows[first : last + 1]))


def _labels(lines: Sequence[Row]) -> list[str]:
    width = max(len(line) for line in lines)
    columns = [[line[at].strip() for line in lines if at < len(line) and line[at].strip()] for at in range(width)]
    return ["\n".join(dict.fromkeys(column)) for column in columns]


def guess(header: Header, rows: Sequence[Row]) -> Guess:
    """What each column is. Two columns never are one field, save those that are joined."""
    found = [_best(label) for label in header.labels]
    names = _by_cells([name for name, _ in found], header, rows)
    taken = _once(names, [sure for _, sure in found], rows)
    result = Guess(taken, [sure if name else 0 for name, (_, sure) in zip(taken, found)])
    code = taken.index("code") if "code" in taken else None
    if code is not None:
        result.prefix = prefix_of(cells_of(rows, code))
    _note_habits(result, rows)
    return result


def _best(label: str) -> tuple[str | None, int]:
    """Of several lines the surest; of equally sure ones the lowest, which is the closest to the cells."""
    matches = [match_label(line) for line in label.split("\n")]
    best = max((sure for _, sure in matches), default=0)
    return next(((name, sure) for name, sure in reversed(matches) if sure == best and name), (None, 0))


def _by_cells(names: list[str | None], header: Header, rows: Sequence[Row]) -> list[str | None]:
    """A column called "from" is the infector where its cells are codes of the list, and a place where they are not."""
    codes = [at for at, name in enumerate(names) if name == "code"]
    known: set[str] = set()
    for at in codes:
        cells = cells_of(rows, at)
        known |= {code_key(cell, prefix_of(cells)) for cell in cells}
    prefix = prefix_of(cells_of(rows, codes[0])) if codes else "BN"
    for at, name in enumerate(names):
        cells = [cell for cell in cells_of(rows, at) if cell] if name == "source" else []
        hits = sum(bool(references(cell, prefix, known)) for cell in cells)
        if name == "source" and hits * 20 < len(cells):
            names[at] = None if _is_edges(names) else "travel_from"
    return ["source" if _is_edges(names) and _is_from(header, at, names) else name for at, name in enumerate(names)]


def _is_edges(names: Sequence[str | None]) -> bool:
    """A list of pairs: nothing in it tells of a person."""
    return {name for name in names if name} <= {"code", "source", "number", "story"}


def _is_from(header: Header, at: int, names: Sequence[str | None]) -> bool:
    return names[at] is None and match_label(header.labels[at].split("\n")[-1])[0] == "source"


def _once(names: list[str | None], sure: list[int], rows: Sequence[Row]) -> list[str | None]:
    """Keep for each field the surest column, of equally sure ones the fullest."""
    kept: dict[str, int] = {}
    filled = [sum(bool(cell) for cell in cells_of(rows, at)) for at in range(len(names))]
    distinct = [len(set(cells_of(rows, at))) for at in range(len(names))]
    for at, name in enumerate(names):
        if name is None or name in SEVERAL:
            continue
        worth = (sure[at], distinct[at] if name == "code" else filled[at])
        before = kept.get(name)
        if before is None or worth > (sure[before], distinct[before] if name == "code" else filled[before]):
            kept[name] = at
    return [name if name in SEVERAL or (name and kept[name] == at) else None for at, name in enumerate(names)]


def _note_habits(found: Guess, rows: Sequence[Row]) -> None:
    days = [at for at, name in enumerate(found.fields) if name and (FIELDS[name].kind == DAY or name == "birth")]
    own = {at: habit_of(cells_of(rows, at)) for at in days}
    told = [habit.order for at, habit in own.items() if _tells(cells_of(rows, at), habit)]
    other = max(set(told), key=told.count) if told else ""
    for at in days:
        habit = own[at] if _tells(cells_of(rows, at), own[at]) else habit_of(cells_of(rows, at), other)
        found.habits[at] = habit.order
        if habit.shapes:
            found.shapes[at] = dict(habit.shapes)
        found.asked += [at] if habit.asked else []
        found.mixed += [at] if habit.mixed else []


def _tells(cells: Sequence[str], habit: Habit) -> bool:
    """Whether a column itself shows its order: with the other one assumed it would still be read so."""
    return habit_of(cells, DMY).order == habit_of(cells, MDY).order == habit.order


def cells_of(rows: Sequence[Row], at: int) -> list[str]:
    """The cells of one column in the first rows."""
    return [row[at] if at < len(row) else "" for row in rows[:_SAMPLED]]


def remembered(mapping: Mapping[str, object], header: Header) -> bool:
    """Whether a kept mapping still fits the columns of a list."""
    fields = mapping.get("fields")
    return isinstance(fields, list) and len(fields) == len(header.labels)
