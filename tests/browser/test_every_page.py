"""Every page in a real browser, wide and on a phone: nothing for axe to find, nothing wider than the window.

The pages are the lines of the permission table, so that a new page is looked at without being named here.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from chongdich.registry.accounts.roles import ROLES
from tests.browser.test_review import AXE, BUILT, CHROMIUM, FLAGS
from tests.journeys.house import House
from tests.permissions.asking import ALLOWED, address, expected
from tests.permissions.table import TABLE, Row
from tests.permissions.world import OFFICER, STATION, build_world, in_house_time, populate
from tests.web.client import signed_in

RULES = ("{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], "
         "resultTypes: ['violations'], iframes: false}")  # fmt: skip
# On a phone only what another layout can change is asked again.
NARROW_RULES = "{runOnly: {type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable']}}"
TOLD = "then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 160) + ' ' + v.nodes[0].failureSummary))"
FOUND, FOUND_NARROW = (f"axe.run(document, {rules}).{TOLD}" for rules in (RULES, NARROW_RULES))
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
STILL = "document.documentElement.insertAdjacentHTML('beforeend', '<style>*{transition:none!important}</style>')"
WIDTHS = (1440, 360)
OK = 200
TALL = 4000  # bars that stick to an edge of the window cover nothing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not BUILT.exists(), reason="the screens are not built: npm run build"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci"),
]


@pytest.fixture
def context(live_server: LiveServer) -> Iterator[BrowserContext]:
    """One browser for all pages; its owner is changed by changing the cookie."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found: Browser = play.chromium.launch(executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=FLAGS)
        yield found.new_context(base_url=live_server.url, locale="vi-VN", bypass_csp=True)
        found.close()


def reader_of(row: Row) -> str:
    """Somebody of the unit who may open the page; empty for a page that is read before signing in."""
    if row.kind == "public":
        return ""
    if row.kind == "mine":
        return OFFICER
    roles = [role for role in ROLES if expected(row, role, "own") == ALLOWED]
    known = {"officer": OFFICER, "epidemiologist": STATION}
    return next((known[role] for role in known if role in roles), f"own.{roles[0]}" if roles else "")


def pages() -> list[Row]:
    """Lines that are pages for people, not files; those that anybody may open first, then reader by reader."""
    shown = (row for row in TABLE if row.method == "GET" and not row.api and "form" not in row.at)
    return sorted(shown, key=reader_of)


def test_axe_finds_nothing_on_any_page(context: BrowserContext, house: House, live_server: LiveServer) -> None:
    populate(house)
    with in_house_time(house):
        world = build_world(house)
        page, wrong, seen, owner = context.new_page(), [], set(), ""
        for row in pages():
            if reader_of(row) != owner:
                owner = reader_of(row)
                enter(context, house, owner, live_server.url)
            status = open_page(page, address(row, world))
            if status == OK:
                seen.add(row.name)
                wrong += [f"{row} at {width}: {one}" for width in WIDTHS for one in problems(page, width)]
            elif status:
                wrong.append(f"{row}: {status}")
    assert wrong == [], "\n".join(wrong)
    assert len(seen) > 60, f"few pages were looked at: {sorted(seen)}"
    assert {"home", "review", "task", "matrix", "draft", "incoming", "outgoing_detail", "reports", "law"} <= seen


def enter(context: BrowserContext, house: House, username: str, url: str) -> None:
    context.clear_cookies()
    if username:
        cookie = signed_in(house, username).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


def open_page(page: Page, path: str) -> int:
    """Go to a page: its status; 0 for what is no page: a file, a redirect to one, a part of a page."""
    asked = page.context.request.get(path)  # a browser led to a file or an empty answer is not soon ready for the next
    if not asked.headers.get("content-type", "").startswith("text/html") or not asked.body():
        return 0
    page.set_viewport_size({"width": WIDTHS[0], "height": TALL})
    answer = page.goto(path)
    if not answer or not page.locator("main").count():
        return 0
    page.evaluate(STILL)
    page.evaluate(AXE.read_text("utf-8"))
    return answer.status


def problems(page: Page, width: int) -> list[str]:
    """What is wrong with the open page at a width."""
    page.set_viewport_size({"width": width, "height": TALL})
    found: list[str] = page.evaluate(FOUND if width == WIDTHS[0] else FOUND_NARROW)
    return [*found, *([] if page.evaluate(FITS) else ["wider than the window"])]


def test_a_wrong_page_would_be_noticed(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 600})
    page.set_content("<html><body><main><img src=x><p style='width:900px;color:#ccc'>chữ</p></main></body></html>")
    page.evaluate(AXE.read_text("utf-8"))
    assert any(one.startswith("image-alt") for one in page.evaluate(FOUND))
    assert not page.evaluate(FITS)


def test_every_page_has_a_reader() -> None:
    beyond = {"person_record", "person_edit", "checkup"}  # opened with a reason, or by the province alone
    assert {row.name for row in pages() if not reader_of(row) and row.kind != "public"} <= beyond
