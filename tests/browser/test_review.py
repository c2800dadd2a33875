"""The whole way of one dispatch in a real browser: handed in, read, reviewed by keyboard alone, given to its units."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from chongdich.application.journeys import receive
from chongdich.application.journeys.files import Upload
from chongdich.domain.directives.models import Clause, Directive, Task
from chongdich.universe import samples
from tests.journeys.house import House
from tests.web.client import signed_in

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "src" / "chongdich" / "web" / "static" / "built" / "incoming" / "review.js"
SAMPLE = next(path for path in samples.texts() if path.name == "cong_van_tinh.txt")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not BUILT.exists(), reason="the screens are not built: npm run build"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Playwright keeps a loop in this thread, so Django must be told that this is no asynchronous view."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = play.chromium.launch(executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def office(
    browser: Browser, live_server: LiveServer, house: House, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BrowserContext]:
    """A browser signed in as the officer of the province, in the house's time."""
    monkeypatch.setattr("chongdich.web.middleware.now", lambda: house.at)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="vi-VN")
    cookie = signed_in(house, "tinh.chuyenvien").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    yield context
    context.close()


@pytest.fixture
def page(office: BrowserContext) -> Iterator[Page]:
    """One page; an error in its console fails the test."""
    found = office.new_page()
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("console", lambda said: errors.append(said.text) if _is_wrong(said) else None)
    yield found
    assert errors == []


def _is_wrong(said: ConsoleMessage) -> bool:
    return said.type == "error" and "422" not in said.text  # a refusal is an answer


def received(house: House) -> Directive:
    desk = house.desk("tinh.vanthu")
    upload = Upload(SAMPLE.name, SAMPLE.read_bytes())
    found = receive.receive_directive(desk, unit_id=desk.actor.unit_id or 0, main=upload)
    house.settle()
    return Directive.objects.get(pk=found.pk)


def test_from_the_file_to_the_tasks_by_keyboard(page: Page, house: House) -> None:
    page.goto("/van-ban/den/")
    page.keyboard.press("n")
    page.set_input_files("input[name=main]", SAMPLE)
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_text("Máy đang đọc văn bản")).to_be_visible()
    house.settle()
    page.wait_for_url("**/ra-soat/")
    clauses = list(Clause.objects.order_by("order"))
    for clause in clauses:
        expect(page.locator(f"#dk-{clause.pk}")).to_be_focused()
        expect(page.locator(f'mark.shown[data-of~="dk-{clause.pk}"]').first).to_be_visible()
        page.keyboard.press("c")
    expect(page.get_by_text("6/6")).to_be_visible()
    expect(page.locator("#give")).to_be_visible()
    page.keyboard.press("g")
    page.wait_for_url("**/giao-viec/")
    expect(page.locator("main .btn-primary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("nhiệm vụ đang được giao")).to_be_visible()
    house.settle()
    assert Task.objects.count() == 15
    page.reload()
    expect(page.get_by_text("Đã giao việc")).to_be_visible()


def test_correcting_by_keyboard(page: Page, house: House) -> None:
    directive = received(house)
    first, second, third = directive.clauses.order_by("order")[:3]
    page.goto(f"/van-ban/{directive.pk}/ra-soat/")
    card = page.locator(f"#dk-{first.pk}")
    expect(card).to_be_focused()
    page.keyboard.press("d")
    expect(card.get_by_label("Hạn", exact=True)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("16/9/2021")
    page.keyboard.press("Control+Enter")
    expect(card.get_by_text("16/09/2021")).to_be_visible()
    expect(card.get_by_text("Máy đọc (hạn): 15/09/2021")).to_be_visible()
    expect(card).to_be_focused()
    page.keyboard.press("u")
    expect(card.get_by_role("combobox").first).to_be_focused()
    page.keyboard.type("so y te bac kan", delay=20)
    expect(card.get_by_role("option").first).to_have_text("Sở Y tế tỉnh Bắc Kạn")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(card.locator(".unit-chip")).to_have_count(2)
    expect(card).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(f"#dk-{second.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#dk-{third.pk}")).to_be_focused()
    again = page.locator(f"#dk-{second.pk}")
    expect(again).to_have_attribute("data-state", "confirmed")
    page.keyboard.press("k")
    expect(again).to_be_focused()
    page.keyboard.press("z")
    expect(again).to_have_attribute("data-state", "read")
    expect(again).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator(f"#dk-{third.pk}")).to_have_attribute("data-state", "dropped")
    expect(again).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".clause[data-state]")).to_have_count(7)


def test_a_fast_typist_loses_nothing(page: Page, house: House) -> None:
    directive = received(house)
    clause = directive.clauses.order_by("order").first()
    assert clause
    page.goto(f"/van-ban/{directive.pk}/ra-soat/")
    card = page.locator(f"#dk-{clause.pk}")
    expect(card).to_be_focused()
    page.keyboard.type("ux")  # the second key comes while the panel is on its way: it drops no clause
    expect(card.get_by_role("combobox").first).to_be_focused()
    page.keyboard.type("so y te bac kan")
    page.keyboard.press("Enter")  # before the list is there
    expect(card.get_by_label("Sở Y tế tỉnh Bắc Kạn")).to_be_checked()
    assert clause.state == directive.clauses.get(pk=clause.pk).state


def test_text_and_clauses_point_at_each_other(page: Page, house: House) -> None:
    directive = received(house)
    last = directive.clauses.order_by("order").last()
    assert last
    page.goto(f"/van-ban/{directive.pk}/ra-soat/")
    page.locator(f'mark[data-of~="dk-{last.pk}"]').first.click()
    expect(page.locator(f"#dk-{last.pk}")).to_be_focused()
    page.evaluate(SELECT, "khẩn trương thực hiện")
    page.keyboard.press("a")
    expect(page.locator(".adding textarea")).to_have_value("khẩn trương thực hiện")
    expect(page.locator(".adding textarea")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".clause[data-state]")).to_have_count(7)
    added = directive.clauses.get(machine__isnull=True)
    assert directive.text[added.start : added.end] == "khẩn trương thực hiện"


SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector("#document-text"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
  throw new Error("not in the text");
}"""


def test_on_a_phone_one_side_at_a_time(page: Page, house: House) -> None:
    directive = received(house)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/van-ban/{directive.pk}/ra-soat/")
    expect(page.locator(".pane-text")).to_be_hidden()
    page.get_by_role("button", name="Văn bản", exact=True).click()
    expect(page.locator(".pane-text")).to_be_visible()
    expect(page.locator(".pane-clauses")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_could_not_be_read_leaves_the_chosen_files(page: Page, house: House, tmp_path: Path) -> None:
    broken = tmp_path / "hong.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    page.goto("/van-ban/den/moi/")
    page.set_input_files("input[name=main]", broken)
    page.set_input_files("input[name=attachments]", SAMPLE)
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_role("alert")).to_contain_text("hong.pdf")
    assert page.evaluate("document.querySelector('input[name=attachments]').files.length") == 1
    assert Directive.objects.count() == 0


def test_escape_does_not_throw_away_what_was_typed(page: Page, house: House) -> None:
    directive = received(house)
    clause = directive.clauses.order_by("order").first()
    assert clause
    page.goto(f"/van-ban/{directive.pk}/ra-soat/")
    assert page.evaluate("scrollY") == 0, "the page opens at its top"
    card = page.locator(f"#dk-{clause.pk}")
    expect(card).to_be_focused()
    page.keyboard.press("e")
    words = card.get_by_label("Nội dung")
    expect(words).to_be_focused()
    page.keyboard.press("Escape")
    expect(words).to_have_count(0)  # nothing was typed: it closes at once
    expect(card).to_be_focused()
    page.keyboard.press("e")
    expect(words).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" thêm chữ")
    page.keyboard.press("Escape")
    expect(card.get_by_role("alert")).to_be_visible()
    expect(words).to_have_value(f"{clause.text} thêm chữ")
    page.keyboard.press("Escape")
    expect(words).to_have_count(0)
    clause.refresh_from_db()
    assert not clause.text.endswith("thêm chữ")


def test_a_part_that_comes_in_leaves_a_form_somebody_types_in(page: Page, house: House) -> None:
    directive = received(house)
    first = directive.clauses.order_by("order").first()
    assert first
    page.goto(f"/van-ban/{directive.pk}/ra-soat/")
    card = page.locator(f"#dk-{first.pk}")
    expect(card).to_be_focused()
    page.keyboard.press("a")
    box = page.locator(".adding textarea")
    expect(box).to_be_focused()
    page.keyboard.type("Đang gõ dở")
    page.locator("[data-adds]").click()
    expect(page.get_by_text("Còn một ô đang sửa chưa lưu")).to_be_visible()
    expect(box).to_have_value("Đang gõ dở")
