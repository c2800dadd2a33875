"""Lists over the database: two queries a page, and the same order on both databases."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from chongdich.web.kit.columns import Column
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.tables import Table

pytestmark = pytest.mark.django_db


class Rights(Table):
    name = "quyen"
    caption = "Quyền"
    columns = (
        Column(name="codename", label="Mã", sort="codename", title=True),
        Column(name="kind", label="Loại", path="content_type.model", sort=("content_type__model",)),
    )
    filters = (ChoiceFilter(name="app", label="Phần", path="content_type__app_label", choices=[("auth", "auth")]),)
    search = ("codename",)
    default_sort = "codename"
    per_page = 5


def ask(query: str) -> Rights:
    rows = Permission.objects.select_related("content_type")
    return Rights(rows, RequestFactory().get(f"/quyen/?{query}"))


@pytest.fixture(autouse=True)
def rights() -> None:
    """Seventeen rights of a kind of thing that only this test knows."""
    kind = ContentType.objects.create(app_label="auth", model="thing")
    Permission.objects.bulk_create(
        Permission(content_type=kind, codename=f"do_{n % 9}_thing_{n}", name=str(n)) for n in range(17)
    )


def test_a_page_asks_two_questions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        ask("q=thing").respond("kit/table.html")


def test_pages_of_a_query_hold_every_row_once() -> None:
    table = ask("q=do+thing&app=auth&sort=-kind")
    seen: list[int] = []
    for number in range(1, table.page.last + 1):
        one = ask(f"q=do+thing&app=auth&sort=-kind&page={number}")
        seen += [row.pk for row in one.rows_found[one.page.start : one.page.until]]
    assert len(seen) == len(set(seen)) == table.page.count == 17


def test_a_percent_sign_is_only_a_percent_sign() -> None:
    assert ask("q=%25").page.count == ask("").page.count
    assert ask("q=do_%25").page.count == ask("q=do").page.count


def test_the_file_of_a_query_is_in_its_order() -> None:
    lines = ask("q=do_8_thing&sort=-codename&export=csv").respond("unused").content.decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["do_8_thing_8"]
