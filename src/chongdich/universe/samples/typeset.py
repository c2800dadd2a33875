"""Sets a sample text on A4 pages as pictures: two-column head, body, recipients and signature side by side."""

import re
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 150
WIDTH, HEIGHT = round(8.27 * DPI), round(11.69 * DPI)
LEFT, RIGHT, TOP, BOTTOM = round(1.1 * DPI), WIDTH - round(0.7 * DPI), round(0.8 * DPI), HEIGHT - round(0.8 * DPI)
_HEAD_WIDTH = 0.29 * WIDTH
INK = (25, 25, 30)
_FACES = {
    "": "400Regular/Tinos_400Regular.ttf",
    "b": "700Bold/Tinos_700Bold.ttf",
    "i": "400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "bi": "700Bold_Italic/Tinos_700Bold_Italic.ttf",
}
_TITLES = ("KẾ HOẠCH", "CÔNG ĐIỆN", "CHỈ THỊ", "THÔNG BÁO")
_HEADING = re.compile(r"[IVX]+\. |CHỦ TỊCH ")


class Sheet:
    """The pages of one dispatch; `signature_place` is (page, x, y) of the room left for the signature."""

    def __init__(self, text: str) -> None:
        self.pages: list[Image.Image] = []
        self.signature_place = (0, 0.0, 0.0)
        self._new_page()
        blocks = [block.split("\n") for block in text.strip().split("\n\n")]
        foot = next(k for k, block in enumerate(blocks) if block[0].startswith("Nơi nhận"))
        head = next(k for k, block in enumerate(blocks) if block[0] in _TITLES or block[0].startswith("Kính gửi"))
        self._head(blocks[:head])
        for block in blocks[head:foot]:
            self._body(block)
        self._foot(blocks[foot], [line for block in blocks[foot + 1 :] for line in (*block, "")])

    def _new_page(self) -> None:
        self.pages.append(Image.new("RGB", (WIDTH, HEIGHT), "white"))
        self._pen = ImageDraw.Draw(self.pages[-1])
        self._y: float = TOP

    def _head(self, blocks: list[list[str]]) -> None:
        left_middle, right_middle = LEFT + 0.15 * WIDTH, RIGHT - 0.24 * WIDTH
        left = right = self._y
        for number, block in enumerate(blocks):
            if number == 1 or any(", ngày" in line for line in block):
                right = self._centred(block, right_middle, right + 8, "i" if number > 1 else "b", 12.5)
            else:
                lines = [line for text in block for line in _fitted(text, _HEAD_WIDTH)]
                left = self._centred(lines, left_middle, left + 8, "b" if number == 0 else "", 12.5)
        self._y = max(left, right) + 18

    def _centred(self, lines: list[str], middle: float, y: float, face: str, points: float) -> float:
        font = _font(face, points)
        for line in lines:
            self._pen.text((middle - font.getlength(line) / 2, y), line, INK, font)
            y += points * DPI / 72 * 1.2
        return y

    def _body(self, block: list[str]) -> None:
        if block[0] in _TITLES:
            self._y = self._centred(block, (LEFT + RIGHT) / 2, self._y, "b", 13.5) + 8
            return
        for paragraph in block:
            indent = 0.28 * WIDTH if paragraph.startswith("Kính gửi") else 60
            self._paragraph(paragraph, indent, "b" if _HEADING.match(paragraph) else "")

    def _paragraph(self, text: str, indent: float, face: str) -> None:
        font = _font(face, 13.5)
        lines = _wrapped(text, font, indent)
        for number, line in enumerate(lines):
            if self._y > BOTTOM:
                self._new_page()
                self._y = self._centred([str(len(self.pages))], (LEFT + RIGHT) / 2, TOP - 40, "", 13) + 14
            start = LEFT + (indent if number == 0 else 0)
            self._justified(line, start, font, last=number == len(lines) - 1)
            self._y += 13.5 * DPI / 72 * 1.25
        self._y += 9

    def _justified(self, words: list[str], x: float, font: ImageFont.FreeTypeFont, *, last: bool) -> None:
        room = RIGHT - x - sum(font.getlength(word) for word in words)
        blank = font.getlength(" ") if last or len(words) < 2 else room / (len(words) - 1)
        for word in words:
            self._pen.text((x, self._y), word, INK, font)
            x += font.getlength(word) + blank

    def _foot(self, recipients: list[str], signature: list[str]) -> None:
        if self._y + 0.17 * HEIGHT > BOTTOM + 60:
            self._new_page()
        top = self._y + 14
        for number, line in enumerate(recipients):
            face, points = ("bi", 12) if number == 0 else ("", 11)
            self._pen.text((LEFT, top + number * 11 * DPI / 72 * 1.2), line, INK, _font(face, points))
        middle = RIGHT - 0.2 * WIDTH
        name = max(k for k, line in enumerate(signature) if line)
        below = self._centred(signature[:name], middle, top, "b", 13)
        self.signature_place = (len(self.pages) - 1, middle, below + 20)
        self._centred([signature[name]], middle, below + 100, "b", 13.5)


def _fitted(text: str, width: float) -> list[str]:
    """Lines of the head's narrow column."""
    lines = _wrapped(text, _font("b", 12.5), RIGHT - LEFT - width, hanging=True)
    return [" ".join(words) for words in lines]


def _wrapped(text: str, font: ImageFont.FreeTypeFont, indent: float, *, hanging: bool = False) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for word in text.split(" "):
        room = RIGHT - LEFT - (indent if hanging or len(lines) == 1 else 0)
        if lines[-1] and font.getlength(" ".join([*lines[-1], word])) > room:
            lines.append([])
        lines[-1].append(word)
    return lines


@lru_cache
def _font(face: str, points: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_fonts() / _FACES[face]), points * DPI / 72)


@lru_cache
def _fonts() -> Path:
    """Tinos as installed by `npm ci` beside the sources."""
    for folder in Path(__file__).resolve().parents:
        fonts = folder / "node_modules" / "@expo-google-fonts" / "tinos"
        if fonts.is_dir():
            return fonts
    raise FileNotFoundError("node_modules/@expo-google-fonts/tinos: chạy «npm ci» trước")
