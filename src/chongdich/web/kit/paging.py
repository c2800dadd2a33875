"""Pages of a list, counted only as far as anybody would page: beyond that one filters."""

from collections.abc import Callable
from dataclasses import dataclass, field

PER_PAGE = 50
COUNTED = 10_000  # rows that are counted and can be paged to


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of the pager; neither `url` nor `here` is a gap."""

    number: int = 0
    url: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: which, of how many, and where the others are."""

    number: int
    per_page: int
    count: int  # rows, at most COUNTED + 1
    address: Callable[[int], str] = field(repr=False)

    @property
    def more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.count > COUNTED

    @property
    def last(self) -> int:
        return max(1, -(-min(self.count, COUNTED) // self.per_page))

    @property
    def last_words(self) -> str:
        return f"{self.last}+" if self.more else str(self.last)

    @property
    def start(self) -> int:
        return (self.number - 1) * self.per_page

    @property
    def until(self) -> int:
        return min(self.start + self.per_page, self.count)

    @property
    def previous(self) -> str:
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.address(self.number + 1) if self.number < self.last else ""

    @property
    def links(self) -> list[PageLink]:
        """The first, the last and the neighbours, with gaps between."""
        near = {1, self.last, self.number - 1, self.number, self.number + 1}
        numbers = sorted(n for n in near if 1 <= n <= self.last)
        links: list[PageLink] = []
        for before, number in zip([0, *numbers], numbers):
            if number - before > 1:
                links.append(PageLink())
            links.append(PageLink(number, self.address(number), number == self.number))
        return links


def page_of(asked: str, *, count: int, per_page: int, address: Callable[[int], str]) -> Page:
    """The page asked for, or the nearest there is: a list that shrank meanwhile shows its last page."""
    last = Page(1, per_page, count, address).last
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    return Page(min(max(number, 1), last), per_page, count, address)
