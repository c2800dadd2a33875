"""What a chart says, in one true sentence: a pattern in Vietnamese and the values that go into it.

Patterns are words of the screens (translated there); the command line prints them as they are.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from chongdich.domain.scenarios.answering.levels import RISKS
from chongdich.domain.scenarios.asking.kinds import KINDS

Sentence = tuple[str, dict[str, Any]]

FIGURE_LABELS = {
    "infections": "Số nhiễm mới mỗi ngày",
    "detected": "Số ca phát hiện mỗi ngày",
    "f1": "Số F1 phải truy vết mỗi ngày",
    "in_central": "Số người đang cách ly tập trung",
    "samples": "Số mẫu xét nghiệm mỗi ngày",
    "in_severe": "Số ca nặng đang điều trị",
    "in_critical": "Số ca nguy kịch đang điều trị",
    "deaths": "Số tử vong mỗi ngày",
}
FACTOR_LABELS = {
    "r0": "Khả năng lây của biến thể (R0)",
    "seek_test": "Người có triệu chứng đi xét nghiệm",
    "trace": "Tỷ lệ F1 truy vết được",
    "compliance": "Tuân thủ cách ly",
    "sensitivity": "Độ nhạy xét nghiệm",
    "severity": "Tỷ lệ chuyển nặng",
    "dispersion": "Mức không đồng đều khi lây",
}
OUTCOME_LABELS = {
    "detected": "tổng số ca phát hiện",
    "beds_severe": "số giường ô xy cần lúc cao nhất",
    "quarantine_places": "số chỗ cách ly cần lúc cao nhất",
    "deaths": "tổng số tử vong",
}

FAN_NONE = "Vào mọi ngày, ít nhất 95 % số lần chạy có con số này bằng 0."
FAN_QUIET = (
    "Trên từng ngày, ít nhất một nửa số lần chạy có con số này bằng 0; "
    "ngày cao nhất, 5 % số lần chạy từ {high} trở lên."
)
FAN_PEAK = (
    "Trung vị cao nhất là {middle} vào ngày {day}; vào ngày đó 90 % số lần chạy nằm trong khoảng từ {low} đến {high}."
)
NEED_UNKNOWN = (
    "Chưa đăng ký nguồn lực này nên không biết ngày thiếu. Một nửa số lần chạy cần đến {middle} {unit} lúc cao nhất, "
    "5 % cần trên {high}."
)
NEED_ENOUGH = (
    "Với {there} {unit} đang có, không lần chạy nào trong {runs} lần bị thiếu; 95 % số lần chạy cần không quá {high}."
)
NEED_SHORT = (
    "Với {there} {unit} đang có, xác suất thiếu là {percent} %; trong các lần bị thiếu, một nửa thiếu chậm nhất vào "
    "ngày {day} (phần lớn từ {early} đến {late})."
)
RESERVE = "Muốn chắc {sure} % không thiếu trong {days} ngày, cần có {wanted} {unit}; còn phải thêm {more}."
RESERVE_KNOWN_NOT = (
    "Muốn chắc {sure} % không thiếu trong {days} ngày, cần có {wanted} {unit}; chưa đăng ký hiện có bao nhiêu."
)
SENSITIVE = "Giả định ảnh hưởng nhiều nhất đến {outcome} là “{factor}”: {direction} (tương quan hạng {strength})."
SENSITIVE_NOT = "Với các khoảng giả định đã nêu, không giả định nào có ảnh hưởng rõ đến {outcome}."
MORE, LESS = "càng cao thì càng nhiều", "càng cao thì càng ít"
PATTERNS = (
    FAN_NONE, FAN_QUIET, FAN_PEAK, NEED_UNKNOWN, NEED_ENOUGH, NEED_SHORT, RESERVE, RESERVE_KNOWN_NOT, SENSITIVE,
    SENSITIVE_NOT, MORE, LESS, "dưới 1", "trên 99",
)  # fmt: skip
CLEAR = 0.1  # a rank correlation below this is told as none


def fan_sentence(rows: Sequence[Sequence[float]], start: date) -> Sentence:
    """Of a fan (5, 25, 50, 75, 95 %): its highest median with the 90 % interval of that day."""
    middle = rows[2]
    if max(rows[4]) == 0:
        return FAN_NONE, {}
    if max(middle) == 0:
        return FAN_QUIET, {"high": number(max(rows[4]))}
    day = max(range(len(middle)), key=lambda at: middle[at])
    return FAN_PEAK, {
        "middle": number(middle[day]), "low": number(rows[0][day]), "high": number(rows[4][day]),
        "day": day_words(start, day),
    }  # fmt: skip


def need_sentence(kind: str, need: Mapping[str, Any], runs: int, start: date) -> Sentence:
    """Whether and when a resource runs short."""
    unit = KINDS[kind].unit
    short = need["shortage"]
    if short is None:
        return NEED_UNKNOWN, {"middle": number(need["peak"][2]), "high": number(need["peak"][4]), "unit": unit}
    there = number(need["there"])
    if not short["probability"]:
        return NEED_ENOUGH, {"there": there, "unit": unit, "runs": runs, "high": number(need["peak"][4])}
    early, day, late = (day_words(start, at) for at in short["days"])
    return NEED_SHORT, {
        "there": there, "unit": unit, "percent": percent(short["probability"]), "day": day, "early": early,
        "late": late,
    }  # fmt: skip


def reserve_of(need: Mapping[str, Any], risk: float, days: int) -> tuple[float, float | None]:
    """(what is wanted to be so sure for so many days, what is to be added to what there is or None)."""
    row = need["reserve"][RISKS.index(risk)]
    wanted = row[min(days, len(row)) - 1]
    return wanted, None if need["there"] is None else max(0.0, wanted - need["there"])


def reserve_sentence(kind: str, need: Mapping[str, Any], risk: float, days: int) -> Sentence:
    wanted, more = reserve_of(need, risk, days)
    said = {"sure": round(100 * risk), "days": days, "wanted": number(up(wanted)), "unit": KINDS[kind].unit}
    if more is None:
        return RESERVE_KNOWN_NOT, said
    return RESERVE, {**said, "more": number(up(more))}


def sensitivity_sentence(outcome: str, ranks: Sequence[Sequence[Any]]) -> Sentence:
    """Which assumption matters most for an outcome."""
    label = OUTCOME_LABELS[outcome]
    name, strength = ranks[0]
    if abs(strength) < CLEAR:
        return SENSITIVE_NOT, {"outcome": label}
    return SENSITIVE, {
        "outcome": label, "factor": FACTOR_LABELS[name], "direction": MORE if strength > 0 else LESS,
        "strength": f"{strength:+.2f}".replace(".", ","),
    }  # fmt: skip


def said(sentence: Sentence) -> str:
    """The sentence in Vietnamese."""
    return sentence[0].format(**sentence[1])


def number(value: float) -> str:
    """1.234,5 as Vietnamese write it; one decimal below 10, none above."""
    shown = f"{value:,.1f}" if 0 < value < 10 and value != int(value) else f"{value:,.0f}"
    return shown.replace(",", " ").replace(".", ",").replace(" ", ".")


def percent(share: float) -> str:
    """A probability in hundredths, never told as 0 or 100 when it is neither."""
    if 0 < share < 0.01:
        return "dưới 1"
    return "trên 99" if 0.99 < share < 1 else f"{100 * share:.0f}"


def up(value: float) -> int:
    """What one must have of things that come whole."""
    return int(-(-value // 1))


def day_words(start: date, day: int) -> str:
    return f"{start + timedelta(day):%d/%m/%Y}"
