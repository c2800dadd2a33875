"""Words that would run somewhere else are shown as words: on pages, in answers, in files for spreadsheets."""

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser

import openpyxl
import pytest

from chongdich.application.journeys import accounts, drafting, receive, work
from chongdich.application.journeys.files import Upload
from chongdich.domain.directives.models import Directive, Task
from chongdich.domain.directives.operations import intake
from chongdich.domain.directives.operations.intake import ReadClause, ReadDocument
from chongdich.registry.accounts import operations, tokens
from chongdich.registry.accounts.models import Account
from tests.journeys.house import House
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db

MARKUP = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)",
    "</textarea><svg/onload=x>", "{{ 7|add:7 }}{% debug %}", "javascript:alert(1)", "--><script src=//x></script><!--",
]  # fmt: skip
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "＝1+1", "=cmd|' /C calc'!A0"]
ALL = [*MARKUP, *FORMULAS]


def built(house: House, words: str) -> dict[str, int]:
    """The words in every place where people write: subject, clause, file name, report, draft, names, labels."""
    officer = house.desk("tinh.chuyenvien")
    unit = house.unit("ubnd", "06").pk
    directive = receive.receive_text(officer, unit_id=unit, text=f"Số: 5/UBND\n{words}", name=f"{words[:60]}.txt")
    read = ReadDocument(
        number="5", symbol=words[:60], kind=words[:40], subject=words, issuer_name=words, signatory=words,
        signatory_title=words, addressees=(words,), recipients=((words, words[:20], ""),),
        citations=((words[:80], "", words, True),),
        clauses=(ReadClause("1", words, lead_units=((unit, words),), lead_text=(words,), due=date(2021, 12, 3)),),
    )  # fmt: skip
    intake.keep_reading(directive_id=directive.pk, read=read, by=officer.author)
    from chongdich.application.journeys import review

    review.confirm_clause(officer, clause_id=directive.clauses.get().pk)
    review.confirm_directive(officer, directive_id=directive.pk)
    from tests.journeys.test_tasks import settled

    settled(house)
    task = Task.objects.get(directive=directive)
    work.ask_extension(officer, task_id=task.pk, until=date(2021, 12, 9), reason=words)
    work.report_task(officer, task_id=task.pk, text=words, files=[Upload(f"{words[:60]}.csv", b"a")])
    draft = drafting.draft_directive(officer, unit_id=unit, kind="công văn", subject=words)
    return {"directive": directive.pk, "task": task.pk, "draft": draft.pk}


def pages(keys: dict[str, int]) -> list[str]:
    d, t, o = keys["directive"], keys["task"], keys["draft"]
    return [
        "/", "/van-ban/den/", f"/van-ban/{d}/", f"/van-ban/{d}/vien-dan/", f"/van-ban/{d}/dien-bien/",
        "/nhiem-vu/", "/nhiem-vu/da-giao/", "/nhiem-vu/bang/", f"/nhiem-vu/{t}/", f"/nhiem-vu/{t}/dien-bien/",
        "/van-ban/di/", f"/van-ban/{o}/di/", f"/van-ban/{o}/soan/", "/hop-tin/", "/bao-cao/", "/tim/?q=ubnd", "/toi/",
    ]  # fmt: skip


class Runs(HTMLParser):
    """Reads a page as a browser would and notes whatever would run: foreign scripts, handlers, script addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            leads = name in ("href", "src", "action", "formaction", "xlink:href", "data")
            if name.startswith("on") or (leads and (value or "").strip().lower().startswith("javascript:")):
                self.found.append(f"<{tag} {name}>")
        if tag == "script" and not str(dict(attrs).get("src", "")).startswith("/static/"):
            self.found.append("<script>")


def unescaped(html: str, words: str) -> bool:
    """Whether the words stand on the page as markup, or were run as a template."""
    reader = Runs()
    reader.feed(html)
    return bool(reader.found) or ("<" in words and words in html) or ("{{ 7" in words and "14{% debug" in html)


@pytest.mark.parametrize("words", MARKUP)
def test_markup_is_shown_as_words(house: House, words: str) -> None:
    keys = built(house, words)
    client = signed_in(house, "tinh.chuyenvien")
    shown = 0
    for address in pages(keys):
        answer = client.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert not unescaped(html, words), address
        shown += words[:12] in html or "&lt;" in html or "&#x27;" in html
    assert shown >= 5, "the words stand on the pages at all"


@pytest.mark.parametrize("words", MARKUP)
def test_names_and_labels_are_shown_as_words(house: House, words: str) -> None:
    machine = house.machine().author
    unit = house.unit("ubnd", "06").pk
    operations.appoint(account_id=Account.objects.get(username="tinh.vanthu").pk, unit_id=unit, role="administrator",
                       since=date(2021, 1, 1), by=machine)  # fmt: skip
    desk = house.desk("tinh.vanthu")
    made = accounts.open_account(
        desk, username="tinh.moi", display_name=words, email="", unit_id=unit, role="clerk", since=date(2021, 1, 1)
    )
    tokens.make_token(account_id=made.pk, token="cd_x", label=words, days=3, may_write=False, by=machine)
    client = signed_in(house, "tinh.vanthu")
    for address in ("/tai-khoan/", f"/tai-khoan/{made.pk}/", f"/tai-khoan/?q={words[:8]}"):
        assert not unescaped(client.get(address).content.decode(), words), address
    assert not unescaped(signed_in(house, "tinh.moi").get("/toi/").content.decode(), words)
    for address in ("/dia-ban/tra-cuu/?ten=", "/don-vi/thu/?day=29/11/2021&phrase=", "/tim/?q=", "/quy-dinh/?ngay=",
                    "/don-vi/?q=", "/tai-khoan/moi/?tim="):  # fmt: skip
        answer = client.get(f"{address.rpartition('?')[0]}", _query(address, words))
        assert not unescaped(answer.content.decode(), words), address


def _query(address: str, words: str) -> dict[str, str]:
    pairs = [pair.split("=") for pair in address.rpartition("?")[2].split("&")]
    return {name: value or words for name, value in pairs}


LISTS = ("/van-ban/den/", "/nhiem-vu/", "/nhiem-vu/da-giao/tung-viec/", "/van-ban/di/")


def cells(client: HouseClient, address: str) -> tuple[list[str], list[object]]:
    """Every cell of the two files of a list."""
    text = client.get(f"{address}?export=csv").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?export=xlsx").content))
    sheet = [cell for line in book.active.iter_rows() for cell in line]  # type: ignore[union-attr]
    return [cell for line in csv.reader(io.StringIO(text)) for cell in line], list(sheet)


@pytest.mark.parametrize("words", FORMULAS)
def test_no_file_holds_a_formula(house: House, words: str) -> None:
    built(house, words)
    client = signed_in(house, "tinh.chuyenvien")
    seen = 0
    for address in LISTS:
        plain, sheet = cells(client, address)
        for cell in plain:
            assert not cell.lstrip(" \u00a0\ufeff").startswith(("=", "+", "@", "\t", "＝", "＋", "－", "＠")), cell
            assert not re.match(r"-\D*[+\d]*[A-Za-z(+]", cell), cell
        assert all(cell.data_type != "f" for cell in sheet)  # type: ignore[attr-defined]
        seen += sum(words.strip() in cell for cell in plain)
    assert seen, "the words are in the files at all"
    assert Directive.objects.exists()
