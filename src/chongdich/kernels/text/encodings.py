"""From the bytes of a text file to Unicode: which encoding it is, told by its letters, and how sure that is.

Latin-1 never fails, so a wrong guess would load silently as "NguyÔn ThÞ H­êng". Every candidate is therefore decoded
and weighed by how many of its words can be Vietnamese; a doubtful result carries a note for the person who looks at it.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chongdich.core.vietnamese import nfc

from .legacy import from_tcvn3, from_viqr, from_vni
from .syllables import Plausibility, weigh

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SURE = 0.8
"""Share of possible words from which an old encoding is taken as recognised."""
_DOUBTFUL = 0.6
"""Share of possible words below which a text gets a warning."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HOOKED_Q = str.maketrans({"ƣ": "ư", "Ƣ": "Ư"})
_VIQR_SIGNS = re.compile(r"dd|[aeo]\^|a\(|[ou]\+", re.IGNORECASE)
_WINDOWS = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in b"\x81\x8d\x8f\x90\x9d"}
_WINDOWS_TO_BYTES = {letter: code for code, letter in _WINDOWS.items()}


@dataclass(frozen=True)
class Decoded:
    """Text in NFC with "\\n" ends of line; `encoding` as people call it; `confidence` between 0 and 1.

    `notes` are Vietnamese remarks on what was converted or looks doubtful.
    """

    text: str
    encoding: str
    confidence: float
    notes: tuple[str, ...] = ()


class NotText(ValueError):
    """The bytes hold control characters no text has: something else than text."""


def decode(data: bytes) -> Decoded:
    """Recognise the encoding of a text file and convert it.

    Raises NotText when the bytes are not text in any encoding known here.
    """
    decoded = _by_bom(data) or _wide_without_bom(data) or _utf8(data) or _one_byte(data)
    if _too_many_controls(decoded.text):
        raise NotText
    return _tidied(decoded)


def repair(text: str) -> Decoded:
    """Text that is Unicode already but was typed or saved in an old encoding ("NguyÔn ThÞ H­êng") is converted.

    Text that reads as Vietnamese, or as no old encoding either, comes back as it is.
    """
    weight = weigh(text)
    for name, candidate in _repairs(text, weight) if weight.share < _DOUBTFUL or _unmarked(weight) else ():
        found = weigh(candidate)
        if _convincing(found, weight):
            return Decoded(candidate, name, found.share, (f"đã chuyển từ {name}",))
    notes = ("có nhiều từ không đọc được là tiếng Việt, đề nghị đối chiếu bản gốc",) if _odd(weight) else ()
    return Decoded(text, "UTF-8", weight.share, notes)


def _by_bom(data: bytes) -> Decoded | None:
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], codec, name)
    return None


def _strictly(data: bytes, codec: str, name: str) -> Decoded:
    """What can't be decoded becomes U+FFFD and is told, never dropped."""
    text = data.decode(codec, errors="replace")
    damaged = text.count("\ufffd")
    notes = (f"có {damaged} ký tự hỏng hoặc bị cắt cụt (hiện là �)",) if damaged else ()
    converted = () if name == "UTF-8" else (f"đã chuyển từ {name}",)
    return Decoded(text, name, 1.0 if not damaged else 0.5, converted + notes)


def _wide_without_bom(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: blanks and plain letters leave NUL bytes always on the same side."""
    if data.count(0) * 10 < len(data) or len(data) < 2:
        return None
    candidates = [(_latin_share(data.decode(codec, errors="replace")), codec) for codec in ("utf-16-le", "utf-16-be")]
    share, codec = max(candidates)
    return _strictly(data, codec, "UTF-16") if share > 0.9 else None


def _latin_share(text: str) -> float:
    """Share of characters found in Vietnamese text: Latin letters, punctuation, no NUL."""
    usual = sum(" " <= c < "\u0250" or "\u1e00" <= c < "\u2122" or c in "\r\n\t\f\ufeff" for c in text)
    return usual / len(text)


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also when a few bytes are damaged or the end is cut off."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd") - data.count("\ufffd".encode())
    if damaged <= 0:
        return repair(text)
    marked = sum(c > "\x7f" for c in text)
    return _strictly(data, "utf-8", "UTF-8") if damaged * 20 <= marked else None


def _one_byte(data: bytes) -> Decoded:
    """TCVN3, VNI or CP1258, whichever makes the most possible words; else Western text with a warning."""
    latin = data.decode("latin-1").translate(_WINDOWS)
    named = [("TCVN3 (ABC)", from_tcvn3(latin)), ("VNI-Windows", from_vni(latin)), ("CP1258", _cp1258(data))]
    weighed = [(weigh(text), name, text) for name, text in named]
    best, name, text = max(weighed, key=lambda entry: entry[0].good - 2 * entry[0].bad)
    if best.good and best.share >= _SURE:
        return Decoded(text, name, best.share, (f"đã chuyển từ {name}",))
    western = data.decode("cp1252", errors="replace")
    note = "không nhận ra bảng mã của văn bản, chữ có dấu có thể sai; đề nghị đối chiếu bản gốc"
    return Decoded(western, "không rõ", weigh(western).share / 2, (note,))


def _cp1258(data: bytes) -> str:
    return nfc(data.decode("cp1258", errors="replace"))


def _repairs(text: str, weight: Plausibility) -> Iterator[tuple[str, str]]:
    if _unmarked(weight):
        if _VIQR_SIGNS.search(text):
            yield "VIQR", from_viqr(text)
        return
    yield from _twice_encoded(_bytes_behind(text))
    ways: tuple[tuple[str, Callable[[str], str]], ...] = (("TCVN3 (ABC)", from_tcvn3), ("VNI-Windows", from_vni))
    for name, convert in ways:
        yield name, convert(text)


def _unmarked(weight: Plausibility) -> bool:
    return (weight.good + weight.bad) * 20 <= weight.words


def _bytes_behind(text: str) -> bytes | None:
    """The one-byte codes whose Western reading this text is, or None; typographic quotes may stand between them."""
    try:
        return bytes(_WINDOWS_TO_BYTES.get(c, ord(c)) for c in text)
    except ValueError:
        return None


def _twice_encoded(as_bytes: bytes | None) -> Iterator[tuple[str, str]]:
    if as_bytes is None:
        return
    try:
        yield "UTF-8 bị mã hóa hai lần", as_bytes.decode("utf-8")
    except UnicodeDecodeError:
        return


def _convincing(found: Plausibility, before: Plausibility) -> bool:
    """Enough words, nearly all possible, and a clear gain: three marked words at least, a quarter of all in VIQR."""
    enough = found.good >= 3 and found.good >= before.good + 3
    if _unmarked(before):
        return enough and found.share >= 0.9 and found.good * 4 >= found.words
    return enough and found.share >= _SURE


def _odd(weight: Plausibility) -> bool:
    return weight.bad >= 10 and weight.share < _DOUBTFUL


def _too_many_controls(text: str) -> bool:
    return len(_CONTROLS.findall(text)) * 100 > len(text)


def _tidied(decoded: Decoded) -> Decoded:
    """NFC, one kind of line end, no stray byte order marks or control characters; "ƣ" of broken fonts is "ư"."""
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    composed = nfc(text)
    notes = decoded.notes + (("đã chuyển từ Unicode tổ hợp sang dựng sẵn",) if composed != text else ())
    clean = _CONTROLS.sub("", composed).translate(_HOOKED_Q)
    return Decoded(clean, decoded.encoding, decoded.confidence, notes)
