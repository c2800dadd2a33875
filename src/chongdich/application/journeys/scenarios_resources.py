"""What units have is registered: one by one, or as a table from a file, all of it or nothing."""

from collections.abc import Sequence

from chongdich.application.desk import Desk
from chongdich.application.lenses.scenarios import get_own_resource
from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold
from chongdich.domain.cases.linelist.sheets import read_sheet
from chongdich.domain.scenarios import operations
from chongdich.domain.scenarios.asking.kinds import KINDS
from chongdich.domain.scenarios.models import Resource
from chongdich.domain.scenarios.operations import NewResource
from chongdich.registry.places.models import Place

MOST_ROWS = 5000
MOST_BYTES = 5 * 1024 * 1024
COLUMNS = {
    "kind": ("loai", "kind", "loai nguon luc"),
    "name": ("ten", "name", "co so", "ten co so"),
    "place": ("ma dia ban", "place", "dia ban", "ma"),
    "quantity": ("so luong", "quantity"),
    "note": ("ghi chu", "note"),
}
NEEDED = ("kind", "name", "quantity")


def register_resource(desk: Desk, *, unit_id: int, new: NewResource) -> Resource:
    """Register one resource of a unit; the same kind, place and name again sets it right."""
    desk.require("resources.write", unit=unit_id)
    return operations.register_resources(unit_id=unit_id, new=[new], by=desk.author)[0]


def change_resource(desk: Desk, *, resource_id: int, new: NewResource, version: int | None = None) -> Resource:
    """Set one right."""
    desk.require("resources.write")
    get_own_resource(desk, resource_id)
    return operations.change_resource(resource_id=resource_id, new=new, version=version, by=desk.author)


def remove_resource(desk: Desk, *, resource_id: int) -> None:
    """Take one away."""
    desk.require("resources.write")
    operations.remove_resource(resource=get_own_resource(desk, resource_id), by=desk.author)


def import_resources(desk: Desk, *, unit_id: int, name: str, data: bytes) -> int:
    """Register the rows of a .csv or .xlsx (columns: loại, tên, mã địa bàn, số lượng, ghi chú). How many were taken.

    Refused with the row's number when any row cannot be taken; then none is.
    """
    desk.require("resources.write", unit=unit_id)
    if len(data) > MOST_BYTES:
        raise Refused(f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB.", "file")
    sheet = read_sheet(data, name)
    if len(sheet.rows) < 2:
        raise Refused("Tệp cần một dòng tiêu đề và ít nhất một dòng nguồn lực.", "file")
    if len(sheet.rows) > MOST_ROWS + 1:
        raise Refused(f"Tệp có hơn {MOST_ROWS} dòng.", "file")
    columns = _columns(sheet.rows[0])
    places = _places(desk, {_cell(row, columns, "place") for row in sheet.rows[1:]})
    new = [_new(row, number, columns, places) for row, number in zip(sheet.rows[1:], sheet.numbers[1:])]
    return len(operations.register_resources(unit_id=unit_id, new=new, by=desk.author))


def _columns(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, cell in enumerate(header):
        said = fold(cell).strip()
        for name, words in COLUMNS.items():
            if said in words:
                found.setdefault(name, number)
    lacking = [COLUMNS[name][0] for name in NEEDED if name not in found]
    if lacking:
        raise Refused(f"Thiếu cột: {', '.join(lacking)}. Cần: loại, tên, mã địa bàn, số lượng, ghi chú.", "file")
    return found


def _cell(row: Sequence[str], columns: dict[str, int], name: str) -> str:
    at = columns.get(name)
    return row[at].strip() if at is not None and at < len(row) else ""


def _places(desk: Desk, codes: set[str]) -> dict[str, int]:
    """Places of today by their codes; a spreadsheet drops leading zeros: communes have five digits, districts three."""
    wanted = {padded for code in codes if code for padded in _padded(code)}
    rows = Place.objects.filter(code__in=wanted, valid_from__lte=desk.today).order_by("valid_from")
    return dict(rows.values_list("code", "pk"))


def _padded(code: str) -> tuple[str, ...]:
    return (code, code.zfill(5), code.zfill(3), code.zfill(2))


def _new(row: Sequence[str], number: int, columns: dict[str, int], places: dict[str, int]) -> NewResource:
    where = f"dòng {number}"
    kind = _kind(_cell(row, columns, "kind"), where)
    said = _cell(row, columns, "quantity").replace(".", "").replace(" ", "")
    if not said.isdigit() or len(said) > 9:
        text = f"Số lượng phải là số nguyên trong khoảng [0; 100000000], đang là “{_cell(row, columns, 'quantity')}”."
        raise Refused(text, where)
    code = _cell(row, columns, "place")
    place = next((places[one] for one in _padded(code) if one in places), None) if code else None
    if code and place is None:
        raise Refused(f"Không có địa bàn mã “{code}”.", where)
    name = _cell(row, columns, "name")
    if not name:
        raise Refused("Thiếu tên cơ sở, nguồn lực.", where)
    return NewResource(kind=kind, name=name[:160], quantity=int(said), place_id=place, note=_cell(row, columns, "note"))


def _kind(said: str, where: str) -> str:
    folded = fold(said).strip()
    for name, kind in KINDS.items():
        if folded in (name, fold(kind.label)):
            return name
    allowed = "; ".join(kind.label for kind in KINDS.values())
    raise Refused(f"Không có loại nguồn lực “{said}”. Các loại: {allowed}.", where)
