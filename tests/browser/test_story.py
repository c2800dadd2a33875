"""The whole story in real browsers, with the real dispatch of 29/11/2021 where it is at hand.

The province reads it and gives its tasks, Ba Bể works and reports, the province accepts; the city sends out its own.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from chongdich.domain.directives.models import Clause, Directive, Task
from chongdich.universe import samples
from tests.browser.test_review import BUILT, CHROMIUM, FLAGS
from tests.journeys.house import House
from tests.shared import SHARED
from tests.web.client import signed_in

SEED = SHARED / "seeds" / "000_385790ebc8f8bfb9.txt"
DISPATCH = SEED if SEED.exists() else next(path for path in samples.texts() if path.name == "cong_van_tinh.txt")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not BUILT.exists(), reason="the screens are not built: npm run build"),
]

Enter = Callable[[str], Page]
PATIENCE = 200  # tenths of a second


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = play.chromium.launch(executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """A page of somebody's own browser."""
    monkeypatch.setattr("chongdich.web.middleware.now", lambda: house.at)
    contexts = []

    def open_for(username: str) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="vi-VN")
        cookie = signed_in(house, username).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    yield open_for
    for context in contexts:
        context.close()


def receive_and_confirm(page: Page, house: House, dispatch: Path) -> Directive:
    """Hand the file in, wait for the machine's reading, confirm what has a unit, drop what has none, give the tasks."""
    page.goto("/van-ban/den/moi/")
    page.set_input_files("input[name=main]", dispatch)
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_text("Máy đang đọc văn bản")).to_be_visible()
    house.settle()
    page.wait_for_url("**/ra-soat/")
    directive = Directive.objects.get()
    for clause in directive.clauses.order_by("order"):
        card = page.locator(f"#dk-{clause.pk}")
        card.focus()
        page.keyboard.press("c" if clause.units.filter(lead=True).exists() else "x")
        wanted = "confirmed" if clause.units.filter(lead=True).exists() else "dropped"
        expect(card).to_have_attribute("data-state", wanted)
    expect(page.locator("#give")).to_be_visible()
    page.keyboard.press("g")
    page.wait_for_url("**/giao-viec/")
    expect(page.locator("main .btn-primary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("nhiệm vụ đang được giao")).to_be_visible()
    house.settle()
    return directive


def test_from_a_dispatch_to_deeds(enter: Enter, house: House) -> None:
    directive = receive_and_confirm(enter("tinh.chuyenvien"), house, DISPATCH)
    unit = house.unit("bcd", "061") if DISPATCH == SEED else house.unit("ubnd", "061")
    worker = "babe.bcd" if DISPATCH == SEED else "babe.ubnd"
    task = Task.objects.filter(directive=directive, unit=unit).order_by("clause__order").first()
    assert task, "the dispatch speaks to Ba Bể"

    babe = enter(worker)
    babe.goto("/nhiem-vu/")
    babe.get_by_role("link", name=task.title[:40]).first.click()
    babe.get_by_role("button", name="Bắt đầu").first.click()
    expect(babe.get_by_text("Đang thực hiện").first).to_be_visible()
    assert Task.objects.get(pk=task.pk).state == "in_progress"
    report_done(babe, task)
    house.settle()

    office = enter("tinh.chuyenvien")
    office.goto(f"/nhiem-vu/{task.pk}/")
    office.locator("form[action$='/chap-nhan/'] .form-actions .btn").click()
    expect(office.get_by_text("Hoàn thành").first).to_be_visible()
    assert Task.objects.get(pk=task.pk).state == "accepted"


def report_done(page: Page, task: Task) -> None:
    """Fill the report's form, with a file, and send it."""
    page.get_by_role("link", name="Báo cáo kết quả").click()
    page.locator("main textarea[name$=text]").first.fill(
        "Đã truy vết, cách ly và lấy mẫu toàn bộ F1; danh sách kèm theo."
    )
    page.locator("input[type=file]").first.set_input_files(
        files=[{"name": "danh-sach.txt", "mimeType": "text/plain", "buffer": b"42 F1"}]
    )
    page.locator("main .form-actions .btn-primary").click()
    expect(page.get_by_text("chờ duyệt").first).to_be_visible()
    assert Task.objects.get(pk=task.pk).state == "reported"


def test_the_city_sends_its_own_dispatch(enter: Enter, house: House) -> None:
    from chongdich.application.journeys import receive, review
    from chongdich.application.journeys.files import Upload

    desk = house.desk("tp.vanthu")
    found = receive.receive_directive(
        desk, unit_id=desk.actor.unit_id or 0, main=Upload(DISPATCH.name, DISPATCH.read_bytes())
    )
    house.settle()
    officer = house.desk("tp.chuyenvien")
    for clause in Clause.objects.filter(directive=found):
        owed = clause.units.filter(lead=True).exists()
        (review.confirm_clause if owed else review.drop_clause)(officer, clause_id=clause.pk)
    review.confirm_directive(officer, directive_id=found.pk)
    house.settle()

    drafter = enter("tp.chuyenvien")
    drafter.goto(f"/van-ban/di/moi/?tu={found.pk}")
    drafter.get_by_label("Trích yếu").fill("triển khai các biện pháp phòng, chống dịch trên địa bàn thành phố")
    drafter.get_by_role("button", name="Tạo bản thảo").click()
    drafter.wait_for_url("**/soan/")
    draft = Directive.objects.get(direction="out")
    assert draft.implements_id == found.pk
    press(drafter, draft, "Trình ký")
    house.settle()
    press(enter("tp.lanhdao"), draft, "Ký", exact=True)
    house.settle()
    press(enter("tp.vanthu"), draft, "Cấp số, phát hành")
    house.settle()
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert draft.number == "01"
    assert {row.content_type for row in draft.files.filter(role="issued")} >= {"application/pdf"}


def press(page: Page, draft: Directive, button: str, *, exact: bool = False) -> None:
    """Open the document and press one button, saying yes where the page asks."""
    before = draft.state
    page.goto(f"/van-ban/{draft.pk}/di/")
    page.get_by_role("button", name=button, exact=exact).first.click()
    sure = page.locator("#confirm[open] .btn-primary, #confirm[open] .btn-danger")
    if before != "draft":
        sure.first.click()
    for _ in range(PATIENCE):
        draft.refresh_from_db()
        if draft.state != before:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{button} was pressed and nothing happened")
