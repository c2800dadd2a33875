"""The styleguide in a real browser: nothing for axe to find, nothing wider than a phone, everything by keyboard."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from chongdich.web.access import PUBLIC, page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "src" / "chongdich" / "web" / "static" / "built" / "kit.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.exists() or not BUILT.exists(), reason="npm ci && npm run build have not run"),
]


@page(PUBLIC)
def found(request: HttpRequest) -> HttpResponse:
    """Stands for the search page."""
    return HttpResponse()


urlpatterns = [
    path("", include("chongdich.web.pages.styleguide.urls")),
    path("", include("chongdich.web.urls")),
    path("tim/", found, name="search"),
    path("hop-thu/", found, name="inbox"),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The styleguide served on a free port, without a database: it may ask none."""
    with override_settings(ROOT_URLCONF=__name__, DEBUG=True):
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def sheet(browser: Any, address: str) -> Iterator[Any]:
    """A page of 1440 by 900 on the styleguide; the browser must have nothing to complain about."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(address)
    yield opened
    context.close()
    assert complaints == []


def wrong(sheet: Any) -> list[tuple[str, str]]:
    result = sheet.evaluate(f"{AXE.read_text()}; axe.run(document, {RULES})")
    return [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]]


@pytest.mark.parametrize("width", [1440, 768, 360])
@pytest.mark.parametrize("place", ["/", "/don/"])
def test_axe_finds_nothing_and_nothing_overflows(browser: Any, address: str, width: int, place: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    opened = context.new_page()
    opened.goto(address + place)
    assert wrong(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_axe_finds_nothing_in_what_opens(sheet: Any) -> None:
    sheet.keyboard.press("?")
    assert sheet.locator("#shortcuts[open]").count() == 1
    assert wrong(sheet) == []
    sheet.keyboard.press("Escape")
    sheet.locator("#id_together-type").click()
    assert sheet.locator(".picker-list:visible li").count() == 8
    assert wrong(sheet) == []


def test_a_browser_set_to_english_still_gets_vietnamese(sheet: Any) -> None:
    assert sheet.evaluate("document.documentElement.lang") == "vi"


def test_searching_filtering_and_sorting_refresh_the_rows_and_the_address(sheet: Any) -> None:
    sheet.fill("#viec-q", "ba be")
    sheet.wait_for_url("**/?q=ba+be")
    assert sheet.evaluate("document.activeElement.id") == "viec-q"
    sheet.click("#viec th >> text=Số người")
    sheet.wait_for_url("**/?q=ba+be&sort=people")
    sheet.select_option("#viec-state", "received")
    sheet.wait_for_url("**/?state=received&q=ba+be&sort=people")
    assert sheet.locator("th[aria-sort=ascending]").inner_text() == "Số người"
    sheet.go_back()
    sheet.wait_for_selector("th[aria-sort] >> text=Số người")
    assert sheet.locator(".topbar").count() == 1


def test_rows_are_walked_and_chosen_by_keyboard(sheet: Any) -> None:
    sheet.keyboard.press("j")
    sheet.keyboard.press("j")
    sheet.keyboard.press("x")
    assert sheet.locator("tbody tr >> nth=1").locator("[data-select]").is_checked()
    assert sheet.locator("[data-bulk]").is_visible()
    sheet.keyboard.press("k")
    assert sheet.locator("tbody tr >> nth=0").locator("a").evaluate("one => one === document.activeElement")


def test_single_keys_can_be_turned_off_and_never_act_while_typing(sheet: Any) -> None:
    sheet.keyboard.press("/")
    sheet.keyboard.type("j?")
    assert sheet.evaluate("document.activeElement.value") == "j?"
    sheet.evaluate("document.activeElement.blur()")
    sheet.keyboard.press("?")
    sheet.uncheck("#keys-switch")
    sheet.keyboard.press("Escape")
    sheet.evaluate("document.activeElement.blur()")
    sheet.keyboard.press("/")
    assert sheet.evaluate("document.activeElement.tagName") == "BODY"


def test_a_unit_is_found_without_diacritics_and_taken_away_again(sheet: Any) -> None:
    sheet.locator("#id_together-type").click()
    for name in ("na ri", "cong an"):
        sheet.keyboard.type(name)
        sheet.keyboard.press("Enter")
    chosen = "[...document.querySelector('#id_together').selectedOptions].map(one => one.value)"
    assert sheet.evaluate(chosen) == ["Công an tỉnh", "UBND huyện Na Rì"]
    sheet.keyboard.press("Backspace")
    assert sheet.evaluate(chosen) == ["Công an tỉnh"]


def test_a_deed_that_cannot_be_undone_is_asked_first(sheet: Any) -> None:
    sheet.locator("tbody [data-select] >> nth=0").check()
    sheet.click(".bulk >> text=Hủy giao")
    assert sheet.locator("#confirm").inner_text().startswith("Hủy các việc đã chọn?")
    sheet.keyboard.press("Enter")
    assert sheet.locator("#confirm[open]").count() == 0
    assert sheet.locator("tbody [data-select] >> nth=0").is_checked()


def test_a_clause_in_focus_lights_up_its_place_in_the_document(sheet: Any) -> None:
    sheet.locator(".clause >> nth=0").focus()
    assert sheet.locator("mark.shown").count() == 2
    sheet.click("#m3")
    assert sheet.locator(".clause >> nth=1").evaluate("one => one === document.activeElement")


def test_everything_can_be_read_and_asked_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    opened = context.new_page()
    opened.goto(address)
    opened.fill("#viec-q", "ba be")
    opened.click("#viec-filters button")
    assert "trong 24 mục" in opened.inner_text("#viec-results [role=status]")
    opened.click(".topbar-menu")
    assert opened.locator("#navigation a >> nth=0").is_visible()
    context.close()
