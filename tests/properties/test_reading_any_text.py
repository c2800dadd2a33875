"""Any text at all is read without an exception, the same way each time, and every span lies inside the text."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.domain.directives.reading import read

PIECES = st.sampled_from(
    [
        "ỦY BAN NHÂN DÂN\n",
        "TỈNH BẮC KẠN ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: ",
        "12/KH-UBND ",
        "V/v ",
        "Kính gửi: ",
        "- Sở Y tế;\n",
        "1. ",
        "a) ",
        "I. ",
        "{. ",
        "- ",
        "+ ",
        "Điều 1. ",
        "QUYẾT ĐỊNH:\n",
        "phối hợp với các ",
        "Sở Y tế, ",
        "chủ trì ",
        "ngày 31 tháng 2 năm 2021 ",
        "trước ngày 99/99/2021",
        "./.",
        "Nơi nhận:\n",
        "- Lưu: VT.\n",
        "TM. ",
        "KT. CHỦ TỊCH\n",
        "Nguyễn Văn A",
        "\n\n",
        "\f",
        "   ",
        "(",
        ")",
        "**",
        "|",
        "Bắc Kạn, ngày tháng năm 2021\n",
        "các sở, ban, ngành ",
        "và ",
        "của ",
        ":",
        ";",
        "Phụ lục\n",
        "giao ",
        "Nghị quyết số 128/NQ-CP ",
        "-",
        "\u0301",
        "…",
    ]
)
RUNS = st.builds(
    str.__mul__,
    st.sampled_from(["_", ".", "-", " ", "…", "=", "*", "|", "(", "A", "a ", "A. ", ", ", "1."]),
    st.integers(30, 80),
)
"""Rules, dotted lines and the like: a pattern that tries every way to cut them up would never end."""
TEXTS = st.one_of(
    st.text(max_size=400), st.lists(st.one_of(PIECES, RUNS, st.text(max_size=8)), max_size=60).map("".join)
)


def spans(value):
    """Every span in the JSON form."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "span" and item is not None:
                yield tuple(item)
            else:
                yield from spans(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from spans(item)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_read(text):
    reading = read(text, today=date(2021, 11, 29))
    assert reading == read(text, today=date(2021, 11, 29))
    json.dumps(reading.to_gold(), ensure_ascii=False)
    for start, end in spans(reading.to_json()):
        assert 0 <= start <= end <= len(text)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_dates_are_never_beyond_the_calendar(text):
    found = read(text).to_gold()["date"]
    if found is not None and len(found) == 10:
        date.fromisoformat(found)
