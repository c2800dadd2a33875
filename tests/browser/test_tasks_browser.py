"""A task in real browsers: the committee starts and reports with a file, the province accepts, the figures change."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from chongdich.application.journeys import work
from chongdich.application.journeys.files import Upload
from chongdich.domain.directives.models import Directive, Task
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account
from chongdich.registry.inbox.models import Message
from tests.browser.test_review import AXE, CHROMIUM, FLAGS
from tests.journeys.house import House
from tests.journeys.test_tasks import give
from tests.web.client import signed_in

BUILT = Path(__file__).parents[2] / "src" / "chongdich" / "web" / "static" / "built" / "tasks" / "tasks.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not BUILT.exists(), reason="the screens are not built: npm run build"),
]
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = play.chromium.launch(executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def task(house: House) -> Task:
    """A task of the committee of Ba Bể, with somebody there to do it."""
    found = Task.objects.get(directive=give(house, due=date(2021, 12, 3)), area="tracing")
    machine = house.machine()
    account = operations.open_account(username="babe.canbo", display_name="Nông Thị Mẫu", email="", by=machine.author)
    operations.appoint(
        account_id=account.pk, unit_id=found.unit_id, role="unit_staff", since=date(2021, 1, 1), by=machine.author
    )
    return found


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """A page of somebody's own browser; an error in its console fails the test."""
    monkeypatch.setattr("chongdich.web.middleware.now", lambda: house.at)
    contexts, wrong = [], []

    def open_for(username: str, *, width: int = 1440, without_policy: bool = False) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="vi-VN",
            bypass_csp=without_policy,
        )
        cookie = signed_in(house, username).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert wrong == []


def test_from_the_units_first_look_to_the_changed_figures(
    enter: Enter, house: House, task: Task, tmp_path: Path
) -> None:
    evidence = tmp_path / "Danh sách F1.txt"
    evidence.write_text("42 F1")
    worker, office = enter("babe.canbo"), enter("tinh.chuyenvien")

    worker.goto("/")
    worker.get_by_role("link", name="Truy vết triệt để F1, F2.").first.click()
    worker.wait_for_url(f"**/nhiem-vu/{task.pk}/")
    worker.wait_for_load_state("networkidle")
    worker.keyboard.press("s")
    expect(worker.locator(".lead .badge-tone", has_text="Đang thực hiện")).to_be_visible()
    worker.keyboard.press("b")
    worker.wait_for_url("**/bao-cao/")
    worker.get_by_label("Kết quả thực hiện").fill("Đã truy vết 42 F1.")
    worker.set_input_files("input[name=evidence]", evidence)
    worker.get_by_role("button", name="Gửi báo cáo").click()
    expect(worker.get_by_text("Đã báo cáo, chờ duyệt").first).to_be_visible()

    office.goto("/nhiem-vu/da-giao/")
    expect(office.get_by_text("1 chờ duyệt")).to_be_visible()
    office.locator(".row-title a", has_text="Truy vết triệt để").click()
    expect(office.get_by_text("Đã truy vết 42 F1.")).to_be_visible()
    expect(office.locator(".timeline strong", has_text="Báo cáo kết quả")).to_be_visible()
    with office.expect_download() as sent:
        office.get_by_role("link", name="Danh sách F1.txt").click()
    assert sent.value.path().read_bytes() == b"42 F1"
    office.keyboard.press("c")
    expect(office.locator(".lead .badge-tone", has_text="Hoàn thành")).to_be_visible()

    worker.goto("/nhiem-vu/")
    expect(worker.get_by_text("Hoàn thành đúng hạn: 1")).to_be_visible()
    task.refresh_from_db()
    assert task.state == "accepted"


def test_searching_by_keyboard_alone(enter: Enter, task: Task) -> None:
    page = enter("tinh.chuyenvien")
    page.goto("/tim/")
    expect(page.locator("main input[type=search]")).to_be_focused()
    page.keyboard.type("truy vet triet")
    hit = page.locator("[data-hit]", has_text="Truy vết triệt để")
    expect(hit.locator("mark").first).to_have_text("Truy")
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/nhiem-vu/{task.pk}/")


def test_a_row_opens_to_its_units_and_bulk_asks_first(enter: Enter, house: House, task: Task) -> None:
    communes = [house.unit("bcd", code).pk for code in ("01894", "01891")]
    work.pass_down(house.desk("babe.bcd"), task_id=task.pk, unit_ids=communes)
    page = enter("babe.bcd")
    page.goto("/nhiem-vu/da-giao/")
    page.get_by_text("Xem 2 đơn vị").click()
    expect(page.locator(".group-short li")).to_have_count(2)
    page.locator("tbody [data-select]").first.check()
    page.get_by_role("button", name="Hủy giao").click()
    page.get_by_role("button", name="Đồng ý").click()
    expect(page.get_by_text("Đã hủy giao 2 việc.")).to_be_visible()
    assert set(task.children.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_sticks_out(enter: Enter, house: House, task: Task, width: int) -> None:
    commune = house.unit("bcd", "01894")
    work.pass_down(house.desk("babe.bcd"), task_id=task.pk, unit_ids=[commune.pk])
    work.ask_extension(house.desk("babe.canbo"), task_id=task.pk, until=date(2021, 12, 6), reason="Địa bàn rộng.")
    work.report_task(house.desk("babe.canbo"), task_id=task.pk, text="Xong.", files=[Upload("ds.txt", b"42")])
    account = Account.objects.get(username="tinh.chuyenvien")
    Message.objects.create(account=account, key="x", topic="task_overdue", title="Quá hạn", at=house.at)
    other = Task.objects.exclude(pk=task.pk).filter(parent=None).get()
    group = f"/nhiem-vu/da-giao/{task.clause_id}/{task.giver_id}/"
    office = ["/", "/nhiem-vu/", "/nhiem-vu/cap-duoi/", "/nhiem-vu/da-giao/", "/nhiem-vu/da-giao/tung-viec/",
              "/nhiem-vu/bang/", f"/nhiem-vu/{task.pk}/", group, "/tim/?q=truy", "/tim/?q=khongco", "/hop-tin/",
              f"/nhiem-vu/tat-ca/?van_ban={Directive.objects.get().pk}"]  # fmt: skip
    committee = [f"/nhiem-vu/{other.pk}/giao-xuong/", "/"]
    unit = [f"/nhiem-vu/{other.pk}/", f"/nhiem-vu/{other.pk}/bao-cao/", f"/nhiem-vu/{task.pk}/dien-bien/", "/"]
    for username, paths in (("tinh.chuyenvien", office), ("babe.bcd", committee), ("babe.canbo", unit)):
        page = enter(username, width=width, without_policy=True)
        for path in paths:
            assert problems(page, path) == [], (username, path, width)


def problems(page: Page, path: str) -> list[str]:
    """What axe finds, and whether the page is wider than the window."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok, (path, answer.status)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run(document, {RULES}).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    return [*found, *([] if page.evaluate(FITS) else ["wider than the window"])]
