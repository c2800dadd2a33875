"""Small words that the other rules share."""

from dataclasses import dataclass

from chongdich.core.vietnamese import initials

# What a full record may be opened for; the slug is logged with every opening.
PURPOSES: dict[str, str] = {
    "tracing": "Truy vết, điều tra dịch tễ",
    "care": "Khám, điều trị, theo dõi sức khỏe",
    "quarantine": "Cách ly, theo dõi tại nhà",
    "testing": "Lấy mẫu, trả kết quả xét nghiệm",
    "vaccination": "Tiêm chủng",
    "relief": "Hỗ trợ, an sinh",
    "records": "Sửa, đối chiếu thông tin, xử lý trùng",
    "request": "Giải quyết đề nghị của chính người đó",
}


@dataclass(frozen=True)
class Doubt:
    """Something that may be true but is unlikely: shown to whoever enters it, who may keep it."""

    field: str
    message: str


def pseudonym(name: str, birth_year: int | None, year: int, place: str) -> str:
    """ "N.V.A., 34 t., xã Phúc Lộc": a person as shown to who may not know them. Age is the difference of years."""
    age = f"{year - birth_year} t." if birth_year else ""
    return ", ".join(part for part in (initials(name) or "?", age, place) if part)
