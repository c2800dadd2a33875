"""Six invented cases of Phúc Lộc, entered in browsers as the report of 27/11/2021 would bring them.

Households, a class, a bus and a market; F1 and F2 found with their reasons; who lives elsewhere; the chain drawn.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from chongdich.application.journeys import people
from chongdich.domain.cases.models import Case, Link
from chongdich.domain.contacts.models import Contact, Venue
from chongdich.registry.people.models import Person
from chongdich.registry.places.models import Place
from chongdich.universe.cluster import (
    AT_MARKET,
    CLASSMATES,
    ILL,
    ON_BUS,
    PARENTS,
    PLATE,
    REPORTED,
    TEACHER,
    Who,
    build_cluster,
)
from tests.browser.test_review import AXE, CHROMIUM, FLAGS
from tests.browser.test_tasks_browser import problems
from tests.journeys.house import House
from tests.web.client import signed_in

BUILT = Path(__file__).parents[2] / "src" / "chongdich" / "web" / "static" / "built" / "chain" / "chain.js"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not BUILT.exists(), reason="the screens are not built: npm run build"),
]
Enter = Callable[..., Page]
GRANDMOTHER = "Hoàng Thị Tuyết"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = play.chromium.launch(executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def enter(
    browser: Browser, live_server: LiveServer, house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Enter]:
    """A page of somebody's own browser; an error in its console fails the test."""
    monkeypatch.setattr("chongdich.web.middleware.now", lambda: house.at)
    monkeypatch.setattr(settings, "VAR", tmp_path)
    contexts, wrong = [], []

    def open_for(username: str, *, width: int = 1440, without_policy: bool = False) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, locale="vi-VN",
            bypass_csp=without_policy,
        )  # fmt: skip
        cookie = signed_in(house, username).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if _is_error(said) else None)
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert wrong == []


def _is_error(said: ConsoleMessage) -> bool:
    """A form that comes back with a question is a 422, which browsers note."""
    return said.type == "error" and "422" not in said.text


def register_neighbours(house: House) -> None:
    """Whom the registry knew before anybody fell ill: pupils with their parents, passengers, people of the market."""
    desk = house.desk("cdc.dichte")
    homes: dict[str, list[Person]] = {}
    for who in (*CLASSMATES, *PARENTS, TEACHER, *ON_BUS, *AT_MARKET):
        raw = {"name": who.name, "birth": who.birth, "sex": who.sex, "phone": who.phone}
        place = Place.objects.filter(code=who.place, valid_until__gt=REPORTED).first() if who.place else None
        raw |= {"residence_id": place.pk} if place else {"residence_address": who.hamlet}  # type: ignore[dict-item]
        person = people.register_person(desk, raw=raw, sure=True).person
        assert person
        homes.setdefault(who.household, []).append(person)
    for household, members in homes.items():
        if household and len(members) > 1:
            people.set_household(desk, uids=[one.uid for one in members])


def report() -> str:
    """The six as a line list, with their sources where the report names them. The importer reads PL01 as PL1."""
    head = ("Mã ca", "Họ và tên", "Năm sinh", "Giới tính", "Xã", "Huyện", "Điện thoại", "Ngày khởi phát",
            "Ngày lấy mẫu", "Ngày có kết quả", "Nguồn lây")  # fmt: skip
    sources = {"PL01": "", "PL06": "PL03"}
    rows = [
        (key, who.name, who.birth, "Nam" if who.sex == "m" else "Nữ", "Phúc Lộc", "Ba Bể", who.phone,
         f"{REPORTED - timedelta(days=days):%d/%m/%Y}", "26/11/2021", "27/11/2021", sources.get(key, "PL01"))
        for key, (who, days) in ILL.items()
    ]  # fmt: skip
    return "\n".join("\t".join(row) for row in (head, *rows))


def take_the_report_in(page: Page, house: House) -> None:
    page.goto("/ca-benh/danh-sach-nhap/moi/")
    page.get_by_label("Hoặc dán từ bảng tính").fill(report())
    page.locator("main form .btn-primary").click()
    start = page.get_by_role("button", name="Nhập 6 dòng")
    expect(start).to_be_visible()
    start.click()
    page.wait_for_url(re.compile(r"/danh-sach-nhap/\d+/$"))
    house.settle()
    assert Case.objects.count() == 6
    expect(page.get_by_text("Cân:")).to_be_visible()  # the page that watched the import has come anew
    page.goto("/ca-benh/")
    expect(page.get_by_role("link", name="PL6 · Lường Ngọc Yến")).to_be_visible()


def lines_of(them: Iterable[Who]) -> str:
    return "\n".join(f"{one.name}; {one.birth}; {one.phone}" for one in them)


def enter_list(page: Page, kind: str, people: str, **told: str) -> None:
    """A pasted list; lines that may be somebody known are answered with the first offered."""
    page.goto("/tiep-xuc/co-mat/moi/")
    page.get_by_label(kind, exact=True).check()
    labels = {"name": "Tên lớp, ca, chuyến, phòng", "plate": "Biển số (nếu là xe)", "day": "Ngày",
              "since": "Từ giờ", "until": "Đến giờ"}  # fmt: skip
    for name, value in told.items():
        page.get_by_label(labels[name], exact=True).fill(value)
    page.get_by_label("Những người có mặt, mỗi người một dòng").fill(people)
    page.get_by_role("button", name="Ghi danh sách").click()
    doubtful = page.locator(".line-fates fieldset")
    said = page.get_by_text("tiếp xúc được truy vết lại")
    expect(doubtful.first.or_(said).first).to_be_visible()
    if count := doubtful.count():
        for number in range(count):
            doubtful.nth(number).get_by_role("radio").first.check()
        page.get_by_role("button", name="Ghi danh sách").click()
    expect(said).to_be_visible()


def interview(page: Page, case: Case) -> None:
    """Told in one breath, read into lines, a woman of the market named."""
    page.goto(f"/ca-benh/{case.pk}/dieu-tra/")
    page.get_by_label("Lịch trình kể lại").fill("Ngày 24/11, 6h30 đến 10h đi chợ Phúc Lộc")
    page.get_by_role("button", name="Đọc thành từng dòng").click()
    expect(page.locator("input[value='chợ Phúc Lộc']")).to_be_visible()
    page.locator("[name=person-0-name]").fill(AT_MARKET[0].name)
    page.locator("[name=person-0-phone]").fill(AT_MARKET[0].phone)
    page.locator("[name=person-0-last_met]").fill("24/11/2021")
    page.get_by_role("button", name="Hoàn thành, truy vết").click()
    expect(page.get_by_text("Đã hoàn thành phiếu điều tra")).to_be_visible()


def names_of(generation: int) -> set[str]:
    rows = Contact.objects.filter(generation=generation, supported=True)
    return set(rows.values_list("person__name", flat=True))


def test_from_six_positive_results_to_every_f1_and_f2(enter: Enter, house: House) -> None:
    register_neighbours(house)
    centre, station = enter("cdc.dichte"), enter("phucloc.tyt")
    take_the_report_in(centre, house)
    ill = {key: who for key, (who, _days) in ILL.items()}

    home = [ill["PL01"], ill["PL02"], ill["PL03"]]
    enter_list(station, "Hộ gia đình", f"{lines_of(home)}\n{GRANDMOTHER}; 1951; 0912000110")
    pupils = [ill["PL03"], ill["PL06"], *CLASSMATES, TEACHER]
    hours = {"day": "26/11/2021", "since": "7h", "until": "11h15"}
    enter_list(station, "Lớp học", lines_of(pupils), name="Lớp 7A, Trường THCS Phúc Lộc", **hours)
    trip = {"day": "25/11/2021", "since": "6h", "until": "7h40", "plate": PLATE}
    enter_list(centre, "Chuyến xe, chuyến tàu", lines_of([ill["PL05"], *ON_BUS]), name="Phúc Lộc – Bắc Kạn", **trip)
    interview(station, Case.objects.get(code="PL1"))
    house.settle()

    on_bus = {who.name for who in ON_BUS}
    pupils_well = {who.name for who in CLASSMATES}
    assert names_of(1) == {GRANDMOTHER, TEACHER.name, AT_MARKET[0].name} | on_bus | pupils_well
    assert names_of(2) == {who.name for who in PARENTS}
    assert Person.objects.filter(name=AT_MARKET[0].name).count() == 1

    station.goto("/tiep-xuc/")
    card = station.locator(".contact-card", has_text=CLASSMATES[0].name)
    card.focus()
    expect(card).to_be_focused()
    station.keyboard.press("o")
    expect(card.locator(".contact-phone")).to_contain_text("0912 000 120")
    expect(card).to_be_focused()
    station.keyboard.press("1")
    expect(card.get_by_text("Đã ghi: liên hệ được")).to_be_visible()
    card.get_by_role("link", name=CLASSMATES[0].name).click()
    expect(station.get_by_role("heading", name="Vì sao là F1?")).to_be_visible()
    for words in ("Lớp 7A, Trường THCS Phúc Lộc", "4 giờ 15 phút", "3638/QĐ-BYT"):
        expect(station.get_by_text(words).first).to_be_visible()
    parent = Contact.objects.get(person__name=PARENTS[0].name)
    station.goto(f"/tiep-xuc/{parent.pk}/")
    expect(station.get_by_role("heading", name="Vì sao là F2?")).to_be_visible()
    expect(station.get_by_text(CLASSMATES[0].name).first).to_be_visible()

    centre.goto("/tiep-xuc/noi-khac/")
    expect(centre.locator(".elsewhere-groups li")).to_have_count(3)
    for place in ("thành phố Bắc Kạn", "Hà Nội"):
        expect(centre.get_by_role("heading", name=place)).to_be_visible()
    draw_the_chain(centre)


def draw_the_chain(page: Page) -> None:
    """Three generations; pressing a case lights its line and says who it is."""
    assert Link.objects.count() == 5
    page.goto("/chuoi-lay/?kieu=the-he")
    expect(page.locator(".mark")).to_have_count(6)
    expect(page.locator(".arrow")).to_have_count(5)
    expect(page.get_by_text("Đời 2", exact=True)).to_be_visible()
    page.locator(".mark", has=page.locator(".name", has_text=re.compile("^PL3$"))).locator("path").click()
    card = page.locator("[data-chain-card]")
    expect(card).to_contain_text("Lây từ PL1")
    expect(page.locator(".mark.is-lit")).to_have_count(3)
    page.get_by_role("link", name="Dòng thời gian").click()
    expect(page.locator(".mark")).to_have_count(6)
    page.get_by_label("Tìm mã ca trong hình").fill("pl6")
    expect(page.locator(".mark.is-found")).to_have_count(1)
    page.locator("[data-chain]").focus()
    before = page.locator("[data-chain] svg").get_attribute("width")
    page.keyboard.press("+")
    expect(page.locator("[data-chain] svg")).not_to_have_attribute("width", before or "")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_sticks_out(enter: Enter, house: House, width: int) -> None:
    build_cluster(house.desk("cdc.dichte"), house.desk("phucloc.tyt"), house.settle)
    contact, case = Contact.objects.order_by("-rank").first(), Case.objects.get(code="PL03")
    assert contact
    venue = Venue.objects.get(kind="class")
    page = enter("cdc.dichte", width=width, without_policy=True)
    for path in ("/chuoi-lay/", "/chuoi-lay/?kieu=thoi-gian", "/chuoi-lay/?kieu=dia-ban", "/chuoi-lay/bang/",
                 "/chuoi-lay/kiem-tra/", "/tiep-xuc/", f"/tiep-xuc/{contact.pk}/", f"/ca-benh/{case.pk}/",
                 f"/ca-benh/{case.pk}/nguon-lay/", "/tiep-xuc/noi-khac/", "/tiep-xuc/thong-bao/", "/tiep-xuc/chi-so/",
                 "/tiep-xuc/noi-co-mat/", f"/tiep-xuc/noi-co-mat/{venue.pk}/",
                 "/tiep-xuc/co-mat/moi/"):  # fmt: skip
        assert problems(page, path) == [], (path, width)
