"""The editor in a real browser: rows without a round trip, nothing said to the console, saved when told to."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from chongdich.domain.directives.models import Directive
from tests.journeys import outgoing_desk as desk_work
from tests.journeys.house import House, build
from tests.web.client import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("CHONGDICH_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""


@pytest.fixture
def tab() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("không có Chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_context(viewport={"width": 390, "height": 900}).new_page()
        browser.close()


def test_rows_are_added_and_saved(
    live_server: Any, tab: Any, at: Any, monkeypatch: pytest.MonkeyPatch, transactional_db: None
) -> None:
    house: House = build(at)
    monkeypatch.setattr("chongdich.web.middleware.now", lambda: at)
    draft = desk_work.draft(house, house.unit("ubnd", "01840"))
    cookie = signed_in(house, "tp.chuyenvien").cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.goto(f"{live_server.url}/van-ban/{draft.pk}/soan/")
    tab.click("[data-add=p]")
    tab.fill("[data-rows=p] [data-row]:last-child textarea", "Đoạn thêm trong trình duyệt.")
    tab.click("[data-rows=p] [data-row]:last-child [data-up]")
    assert tab.evaluate("document.documentElement.scrollWidth <= 390"), "nothing sticks out on a phone"
    with tab.expect_navigation():
        tab.click(".editor-actions button[value=save]")
    saved = Directive.objects.get(pk=draft.pk)
    assert (saved.content or {})["document"]["body"][-2]["text"] == "Đoạn thêm trong trình duyệt."
    assert said == []
