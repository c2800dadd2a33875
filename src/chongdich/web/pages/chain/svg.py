"""A picture as SVG: colours stand in attributes, so that the same markup is a page's part, a print and a file."""

from itertools import product

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chongdich.web.pages.chain.drawing import Arrow, Mark, Picture

_LINES = {"tree": ("#4c5a65", "1.3", ""), "other": ("#7b8a95", "1", "4 3"), "doubt": ("#c9302c", "1.6", "2 2")}
_BARS = {"exposure": ("#fdefcf", "#b87a00", 8.0), "infectious": ("#cfe4f5", "#2f7cbb", 5.0)}


def svg_of(picture: Picture, label: str) -> SafeString:
    """The whole drawing; `label` is what a reader who does not see it is told."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-label="{label}" font-family="Tinos, sans-serif" font-size="11" data-named="{named}">{parts}</svg>',
        w=round(picture.width), h=round(picture.height), label=label, named="1" if picture.named else "",
        parts=format_html("{}" * 6, _lanes(picture), _days(picture), _bars(picture), _heads(picture),
                          _arrows(picture.arrows), _marks(picture)),
    )  # fmt: skip


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _lanes(picture: Picture) -> SafeString:
    wide = round(picture.width)
    return format_html_join(
        "",
        '<rect x="0" y="{}" width="{}" height="{}" fill="{}"/>'
        '<text x="8" y="{}" fill="#1a2630" font-size="12">{}</text>',
        ((_n(y), wide, _n(height), "#f3f5f6" if number % 2 else "#eaeef0", _n(y + 16), words[:26])
         for number, (y, height, words) in enumerate(picture.lanes)),
    )  # fmt: skip


def _days(picture: Picture) -> SafeString:
    lines = format_html_join(
        "", '<path d="M{} 24V{}" stroke="{}" fill="none"/>',
        ((_n(x), round(picture.height), "#cfd7dc" if strong else "#e9edf0") for x, _w, strong in picture.ticks),
    )  # fmt: skip
    words = format_html_join(
        "", '<text x="{}" y="{}" fill="#4c5a65" text-anchor="middle" font-weight="{}">{}</text>',
        ((_n(x), _n(y - 6), "bold" if strong else "normal", told)
         for y, (x, told, strong) in product(picture.axes, picture.ticks)),
    )  # fmt: skip
    return format_html("{}{}", lines, words)


def _bars(picture: Picture) -> SafeString:
    return format_html_join(
        "", '<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}" stroke="{}" stroke-width="0.5"/>',
        ((_n(bar.x), _n(bar.y - _BARS[bar.kind][2] / 2), _n(bar.width), _BARS[bar.kind][2], *_BARS[bar.kind][:2])
         for bar in picture.bars),
    )  # fmt: skip


def _heads(picture: Picture) -> SafeString:
    return format_html_join(
        "", '<text x="{}" y="30" fill="#4c5a65" font-weight="bold" font-size="12" text-anchor="middle">{}</text>',
        ((_n(x), words) for x, words in picture.heads),
    )  # fmt: skip


def _arrows(arrows: list[Arrow]) -> SafeString:
    return format_html_join(
        "", '<path class="arrow" data-a="{}" data-b="{}" d="{}" fill="none" stroke="{}" stroke-width="{}"{}/>',
        ((one.source, one.case, one.path, *_LINES[one.kind][:2], _dashes(_LINES[one.kind][2])) for one in arrows),
    )  # fmt: skip


def _dashes(pattern: str) -> SafeString | str:
    return format_html(' stroke-dasharray="{}"', pattern) if pattern else ""


def _marks(picture: Picture) -> SafeString:
    return format_html_join(
        "",
        '<g class="mark" data-n="{}" transform="translate({} {})"><title>{}</title>'
        '<path d="{}" fill="{}" stroke="{}" stroke-width="{}"/>{}</g>',
        ((one.at, _n(one.x), _n(one.y), one.words, one.look.shape, *_paint(one), _name(one, picture))
         for one in picture.marks),
    )  # fmt: skip


def _paint(mark: Mark) -> tuple[str, str, str]:
    """(fill, edge, width of the edge): first cases have a dark edge, those without a day of onset are hollow."""
    fill = mark.look.colour if mark.sure else "#fff"
    if mark.first:
        return fill, "#1a2630", "2.2"
    return (fill, "#fff", "1") if mark.sure else (fill, mark.look.colour, "2")


def _name(mark: Mark, picture: Picture) -> SafeString:
    """The code at a mark; in a crowd it is there for whoever comes near, and in no file."""
    x, y, size, anchor = (0, 17, 9, "middle") if picture.below else (9, 4, 11, "start")
    return format_html(
        '<text class="{}" x="{}" y="{}" font-size="{}" text-anchor="{}" visibility="{}" fill="#1a2630" stroke="#fff" '
        'stroke-width="3" stroke-linejoin="round" paint-order="stroke">{}</text>',
        "name" if picture.named else "name is-near", x, y, size, anchor,
        "inherit" if picture.named else "hidden", mark.label,
    )  # fmt: skip
