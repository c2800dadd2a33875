"""Search: folded, by number and by unit, within what one may see."""

from datetime import date

import pytest

from chongdich.domain.directives.models import Directive, Task
from chongdich.web.pages.search.marking import marked
from tests.journeys.house import House
from tests.journeys.test_tasks import give
from tests.web.client import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def directive(house: House) -> Directive:
    return give(house, due=date(2021, 12, 3))


@pytest.mark.parametrize(
    "asked", ["truy vet", "Truy vết", "triệt để f1", "8005", "8005/UBND", "ba be truy", "bcd ba be"]
)
def test_found_by_words_number_and_unit(house: House, directive: Directive, asked: str) -> None:
    page = signed_in(house, "tinh.chuyenvien").get("/tim/", {"q": asked}).content.decode()
    task = Task.objects.get(directive=directive, area="tracing")
    assert f'href="/nhiem-vu/{task.pk}/"' in page
    assert "<mark>" in page


def test_a_document_is_found_and_led_to(house: House, directive: Directive) -> None:
    page = signed_in(house, "tinh.chuyenvien").get("/tim/", {"q": "06 ca benh"}).content.decode()
    assert f'href="/van-ban/{directive.pk}/"' in page
    assert "<mark>bệnh</mark>" in page


def test_nothing_of_others_is_found(house: House, directive: Directive) -> None:
    for stranger in ("tp.chuyenvien", "syt.canbo", "phucloc.canbo"):
        page = signed_in(house, stranger).get("/tim/", {"q": "truy vet triet de"}).content.decode()
        assert "Không tìm thấy gì" in page
        assert "/nhiem-vu/" not in page.split('id="found"')[1]


def test_the_results_alone_for_htmx(house: House, directive: Directive) -> None:
    client = signed_in(house, "tinh.chuyenvien")
    part = client.get("/tim/?q=truy", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="found")
    assert "<html" not in part.content.decode()
    assert part.headers["HX-Push-Url"] == "/tim/?q=truy"
    assert "<html" in client.get("/tim/?q=truy").content.decode()


@pytest.mark.parametrize("asked", ["", "…", '"', "a AND b", "NEAR(", "'; --", "x" * 5000, "\x00", "*"])
def test_no_question_breaks_it(house: House, asked: str) -> None:
    assert signed_in(house, "tinh.chuyenvien").get("/tim/", {"q": asked}).status_code == 200


def test_what_is_found_is_shown_in_its_own_spelling_and_escaped() -> None:
    assert marked("Xét nghiệm <b>", ["xet"]) == "<mark>Xét</mark> nghiệm &lt;b&gt;"
    long = "mở đầu " * 60 + "truy vết " + "kết thúc " * 60
    shown = marked(long, ["truy"])
    assert shown.startswith("… ")
    assert "<mark>truy</mark>" in shown
    assert len(shown) < 260


def test_queries_stay_few(house: House, directive: Directive, django_assert_max_num_queries: object) -> None:
    client = signed_in(house, "tinh.chuyenvien")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/tim/?q=8005")
