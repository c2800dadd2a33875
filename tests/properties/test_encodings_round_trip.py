"""Any Vietnamese text, written in any old encoding, is recognised and comes back as it was."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chongdich.kernels.text.encodings import NotText, decode
from chongdich.kernels.text.legacy import from_tcvn3, from_viqr, from_vni, to_cp1258, to_tcvn3, to_viqr, to_vni
from chongdich.universe.samples import texts

WORDS = sorted({word for path in texts() for word in Path(path).read_text(encoding="utf-8").replace("*", "").split()})
MARKED = [word for word in WORDS if word.isalpha() and not word.isascii() and word.islower()]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"

sentences = st.builds(
    lambda marked, words: " ".join(marked + words),
    st.lists(st.sampled_from(MARKED), min_size=8, max_size=30),
    st.lists(st.sampled_from(WORDS), max_size=20),
)
letters = st.text(alphabet=LETTERS + LETTERS.upper() + " 0123456789.,;:?'()+^\\-/", max_size=40)

WAYS = {
    "TCVN3 (ABC)": lambda text: to_tcvn3(text).encode("cp1252"),
    "VNI-Windows": lambda text: to_vni(text).encode("cp1252"),
    "VIQR": lambda text: to_viqr(text).encode("utf-8"),
    "CP1258": to_cp1258,
    "UTF-16": lambda text: text.encode("utf-16-be"),
}


@pytest.mark.parametrize("name", WAYS)
@given(text=sentences)
def test_recognised_and_converted_back_exactly(name: str, text: str) -> None:
    decoded = decode(WAYS[name](text))
    assert decoded.encoding == name
    assert decoded.text == (from_tcvn3(to_tcvn3(text)) if name.startswith("TCVN3") else text)


@given(text=sentences)
def test_unicode_is_never_taken_for_something_else(text: str) -> None:
    for form in ("NFC", "NFD"):
        decoded = decode(unicodedata.normalize(form, text).encode())
        assert (decoded.text, decoded.encoding) == (text, "UTF-8")


@given(text=letters)
def test_letters_survive_the_way_there_and_back(text: str) -> None:
    assert from_viqr(to_viqr(text)) == text
    assert from_vni(to_vni(text)) == text
    assert from_tcvn3(to_tcvn3(text)).lower() == text.lower()
    assert unicodedata.normalize("NFC", to_cp1258(text).decode("cp1258")) == text


@given(data=st.binary(max_size=300))
def test_any_bytes_are_text_or_are_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotText:
        return
    assert decoded.text == unicodedata.normalize("NFC", decoded.text)
    assert 0 <= decoded.confidence <= 1
    assert "\r" not in decoded.text
