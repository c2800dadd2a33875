"""Old encodings are recognised by their letters and converted; what is doubtful says so."""

import unicodedata

import pytest

from chongdich.kernels.text.encodings import NotText, decode
from chongdich.kernels.text.legacy import from_tcvn3, to_cp1258, to_tcvn3, to_viqr, to_vni
from chongdich.kernels.text.syllables import is_syllable, weigh
from tests.shared import needs_shared, shared

TEXT = (
    "Ủy ban nhân dân tỉnh yêu cầu các huyện, thành phố khẩn trương truy vết người tiếp xúc gần, báo cáo trước 17 giờ."
)

WAYS = {
    "TCVN3 (ABC)": lambda text: to_tcvn3(text).encode("cp1252"),
    "VNI-Windows": lambda text: to_vni(text).encode("cp1252"),
    "VIQR": lambda text: to_viqr(text).encode("ascii"),
    "CP1258": to_cp1258,
    "UTF-16": lambda text: text.encode("utf-16-le"),
}


@pytest.mark.parametrize("name", WAYS)
def test_an_old_encoding_is_recognised_and_told(name: str) -> None:
    decoded = decode(WAYS[name](TEXT))
    expected = from_tcvn3(to_tcvn3(TEXT)) if name.startswith("TCVN3") else TEXT
    assert (decoded.text, decoded.encoding) == (expected, name)
    assert f"đã chuyển từ {name}" in decoded.notes
    assert decoded.confidence > 0.9


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (unicodedata.normalize("NFD", TEXT).encode(), "UTF-8"),
        (TEXT.replace(" ", "\r\n").encode(), "UTF-8"),
    ],
)
def test_the_forms_of_unicode_are_one(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.text.replace("\n", " ") == TEXT
    assert decoded.encoding == encoding


@pytest.mark.parametrize("way", [to_tcvn3, to_vni])
def test_text_pasted_from_an_old_font_is_converted(way) -> None:
    assert decode(way(TEXT.lower()).encode()).text == TEXT.lower()


def test_text_encoded_twice_is_mended() -> None:
    assert decode(TEXT.encode().decode("latin-1").encode()).text == TEXT


def test_the_name_every_register_has_seen_spoilt() -> None:
    assert from_tcvn3("NguyÔn ThÞ H­êng") == "Nguyễn Thị Hường"


def test_the_hooked_q_of_broken_fonts_becomes_u_with_horn() -> None:
    assert decode("đƣờng dây nóng, PHƢƠNG ÁN".encode()).text == "đường dây nóng, PHƯƠNG ÁN"


def test_a_cut_end_is_told_and_nothing_else_is_lost() -> None:
    decoded = decode(TEXT.encode()[:-30] + "đ".encode()[:1])
    assert decoded.encoding == "UTF-8"
    assert decoded.text.startswith("Ủy ban nhân dân tỉnh yêu cầu")
    assert any("cắt cụt" in note for note in decoded.notes)


def test_an_unknown_encoding_is_never_silent() -> None:
    decoded = decode("Привет, как дела сегодня вечером".encode("koi8-r"))
    assert decoded.confidence < 0.5
    assert "không nhận ra bảng mã" in decoded.notes[0]


@pytest.mark.parametrize(
    "text", ["El niño español comió piña", "Zażółć gęślą jaźń już dziś", "How are you? I go. Do it."]
)
def test_another_language_is_left_alone(text: str) -> None:
    assert decode(text.encode()).text == text


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(NotText):
        decode(bytes(range(256)) * 4)


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "giường", "hoà", "hòa", "khuỷu", "yêu", "gì", "quốc", "thuở", "Đắk"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word) is (word != "Đắk")


@pytest.mark.parametrize("word", ["Ôn­", "hoạc̣", "tôc̀", "ngh", "zả", "ñoäc", "thÞ"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@needs_shared
def test_real_dispatches_are_plausible_and_never_taken_for_an_old_encoding() -> None:
    for path in [*shared("seeds").iterdir(), *shared("dispatches").iterdir()]:
        decoded = decode(path.read_bytes())
        assert decoded.encoding == "UTF-8", path.name
        assert weigh(decoded.text).share > 0.9, path.name
