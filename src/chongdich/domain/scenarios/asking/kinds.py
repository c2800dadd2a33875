"""Kinds of resources and the norms by which needs are reckoned: one table for scenarios, registers and screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import yaml

COLUMNS = {
    "command": "Chỉ huy tại chỗ",
    "forces": "Lực lượng tại chỗ",
    "means": "Phương tiện tại chỗ",
    "logistics": "Hậu cần tại chỗ",
}


@dataclass(frozen=True)
class Kind:
    """A kind of resource: label, unit, which of the four columns; a stock is used up, the others are used again.

    `local`: served where the people are; the others serve the whole province.
    """

    label: str
    unit: str
    column: str
    stock: bool = False
    local: bool = True


@dataclass(frozen=True)
class Norm:
    """How much one need takes. `law` names the table it comes from; without one it is the planner's assumption."""

    label: str
    unit: str
    value: float
    low: float
    high: float
    note: str = ""
    law: str = ""
    verified: bool = False


KINDS: Mapping[str, Kind] = {
    "quarantine_places": Kind("Chỗ cách ly tập trung", "chỗ", "means"),
    "beds_mild": Kind("Giường thu dung, điều trị ca nhẹ", "giường", "means"),
    "beds_severe": Kind("Giường có ô xy (ca nặng)", "giường", "means", local=False),
    "beds_critical": Kind("Giường hồi sức tích cực (ca nguy kịch)", "giường", "means", local=False),
    "lab_samples": Kind("Năng lực xét nghiệm", "mẫu/ngày", "means", local=False),
    "oxygen_flow": Kind("Nguồn cấp ô xy", "lít/phút", "means", local=False),
    "mobile_stations": Kind("Trạm y tế lưu động", "trạm", "means"),
    "vehicles": Kind("Xe chuyển người bệnh, người cách ly", "xe", "means"),
    "tracers": Kind("Người truy vết", "người", "forces"),
    "samplers": Kind("Người lấy mẫu", "người", "forces"),
    "care_staff": Kind("Nhân viên y tế điều trị", "người", "forces"),
    "quarantine_staff": Kind("Người phục vụ khu cách ly", "người", "forces"),
    "test_kits": Kind("Sinh phẩm, kit xét nghiệm", "kit", "logistics", stock=True, local=False),
    "oxygen_stock": Kind("Ô xy dự trữ", "m³", "logistics", stock=True, local=False),
    "protective_suits": Kind("Bộ phòng hộ", "bộ", "logistics", stock=True),
    "meals": Kind("Suất ăn cho người cách ly", "suất/ngày", "logistics"),
}
ROOM = (
    "quarantine_places",
    "beds_mild",
    "beds_severe",
    "beds_critical",
    "lab_samples",
    "tracers",
)  # limit the epidemic


def _norms() -> dict[str, Norm]:
    text = files("chongdich.domain.scenarios").joinpath("norms.yaml").read_text(encoding="utf-8")
    return {name: Norm(**row) for name, row in yaml.safe_load(text).items()}


NORMS: Mapping[str, Norm] = _norms()
