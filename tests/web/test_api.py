"""The API: who calls, what it answers, what it refuses and how, and that nothing is done twice."""

import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chongdich.domain.directives.models import Directive, SourceFile, Task
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account, ApiToken, Appointment, KeptAnswer
from chongdich.registry.ledger.models import Entry
from chongdich.universe import samples
from chongdich.web.api.keys import WRONG_TRIES
from chongdich.web.api.v1 import described
from tests.journeys.house import House
from tests.journeys.test_tasks import confirmed  # noqa: F401
from tests.web.api_client import JSON, Program, key_of, program
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


# Who calls


def test_nobody_gets_nothing(house: House) -> None:
    for address in ("me", "tasks", "openapi.json", "khong/co"):
        answer = HouseClient(house).get(f"/api/v1/{address}")
        assert answer.status_code == 401
        assert answer.json()["error"] == "not_signed_in"


def test_a_key_acts_with_its_owners_rights_of_the_moment(house: House) -> None:
    caller = program(house, "phucloc.canbo")
    me = caller.ask("me").json()
    assert me["username"] == "phucloc.canbo"
    assert "tasks.work" in me["permissions"]
    operations.withdraw(appointment_id=Appointment.objects.get(account_id=me["id"]).pk, by=house.machine().author)
    assert caller.ask("me").json()["permissions"] == []
    assert caller.ask("tasks").status_code == 403
    operations.close_account(account_id=me["id"], by=house.machine().author)
    assert caller.ask("me").status_code == 401


def test_a_key_ends_on_its_day_and_when_revoked(house: House) -> None:
    caller = program(house, "phucloc.canbo", days=7)
    assert caller.ask("me").status_code == 200
    caller.house = house.later(days=8)
    assert caller.ask("me").status_code == 401
    caller.house = house
    ApiToken.objects.update(revoked_at=house.at)
    assert caller.ask("me").status_code == 401


def test_a_key_never_opens_a_page_nor_a_session(house: House) -> None:
    caller = program(house, "tinh.lanhdao")
    assert caller.ask("me").status_code == 200, "the second factor was passed where the key was made"
    assert caller.get("/").status_code == 302
    assert "chongdich" not in caller.cookies


def test_a_wrong_key_beside_a_session_counts_as_nobody(house: House) -> None:
    client = signed_in(house, "phucloc.canbo")
    assert client.get("/api/v1/me").status_code == 200
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer cd_sai"}).status_code == 401


def test_guessing_keys_is_stopped(house: House) -> None:
    good = key_of(house, "phucloc.canbo")
    for _ in range(WRONG_TRIES):
        assert Program(house, "cd_sai").ask("me").status_code == 401
    answer = Program(house, good).ask("me")
    assert answer.status_code == 429
    assert answer.json()["error"] == "too_many"


def test_the_second_factor_holds_for_sessions(house: House) -> None:
    client = signed_in(house, "tinh.lanhdao", second_factor=False)
    assert client.get("/api/v1/me").status_code in (302, 401, 403)


def test_a_session_must_prove_that_our_page_asked(house: House) -> None:
    strict = signed_in(house, "phucloc.canbo")
    strict.handler.enforce_csrf_checks = True
    answer = strict.post("/api/v1/read", {"text": "x"}, content_type=JSON)
    assert (answer.status_code, answer.json()["error"]) == (403, "csrf")


def test_a_reading_key_writes_nothing(house: House, confirmed: Directive) -> None:  # noqa: F811
    task = Task.objects.filter(directive=confirmed).first()
    assert task
    caller = program(house, "babe.bcd", may_write=False)
    assert caller.ask(f"tasks/{task.pk}").status_code == 200
    assert caller.send(f"tasks/{task.pk}/start").status_code == 403
    assert caller.send("read", {"text": "Số: 1/UBND"}).status_code == 200


# What it answers


def test_a_document_comes_in_is_confirmed_and_worked_on(house: House) -> None:
    office = program(house, "tinh.chuyenvien")
    unit = house.unit("ubnd", "06").pk
    text = next(path for path in samples.texts() if path.name == "cong_dien_hoa_toc.txt").read_text("utf-8")
    made = office.send("directives", {"unit": unit, "text": text})
    assert made.status_code == 201, made.content
    house.settle()
    directive = made.json()["id"]
    clauses = office.ask(f"directives/{directive}/clauses").json()
    assert clauses
    worker = house.unit("ubnd", "061").pk
    for clause in clauses:
        answer = office.send(f"clauses/{clause['id']}/units", {"lead": [worker]})
        assert answer.status_code == 200, answer.content
        assert office.send(f"clauses/{clause['id']}/confirm").json()["state"] == "confirmed"
    assert office.send(f"directives/{directive}/confirm").json()["state"] == "confirmed"
    house.settle()
    given = office.ask("tasks", scope="given", directive=directive).json()
    assert len(given["items"]) == len(clauses)
    assert office.ask("directives", q="hoa toc").status_code == 200


def test_a_task_from_start_to_accepted(house: House, confirmed: Directive) -> None:  # noqa: F811
    machine = house.machine()
    task = Task.objects.get(directive=confirmed, area="tracing")
    account = operations.open_account(username="babe.canbo", display_name="Nông Thị Mẫu", email="", by=machine.author)
    operations.appoint(
        account_id=account.pk, unit_id=task.unit_id, role="unit_staff", since=machine.today, by=machine.author
    )
    worker, office = program(house, "babe.canbo"), program(house, "tinh.chuyenvien")
    listed = worker.ask("tasks").json()
    assert task.pk in [row["id"] for row in listed["items"]]
    assert worker.send(f"tasks/{task.pk}/start").json()["state"] == "in_progress"
    assert worker.send(f"tasks/{task.pk}/report", {"text": ""}).status_code == 422
    assert worker.send(f"tasks/{task.pk}/report", {"text": "Đã truy vết 42 F1."}).json()["state"] == "reported"
    assert worker.send(f"tasks/{task.pk}/judge", {"accept": True}).status_code == 403
    stale = office.send(f"tasks/{task.pk}/judge", {"accept": True, "version": 1})
    assert stale.status_code == 409
    done = office.send(f"tasks/{task.pk}/judge", {"accept": True}).json()
    assert (done["state"], done["reports"][0]["state"]) == ("accepted", "accepted")


def test_foreign_things_look_like_none(house: House, confirmed: Directive) -> None:  # noqa: F811
    task = Task.objects.filter(directive=confirmed).first()
    assert task
    stranger = program(house, "tp.chuyenvien")
    for foreign, absent in (
        (f"directives/{confirmed.pk}", "directives/999999"),
        (f"directives/{confirmed.pk}/clauses", "directives/999999/clauses"),
        (f"tasks/{task.pk}", "tasks/999999"),
    ):
        one, other = stranger.ask(foreign), stranger.ask(absent)
        assert (one.status_code, one.content) == (404, other.content)
    one, other = (stranger.send(f"tasks/{key}/judge", {"accept": True}) for key in (task.pk, 999999))
    assert (one.status_code, one.content) == (404, other.content)
    assert stranger.ask("tasks", scope="all").json()["items"] == []
    assert stranger.ask("directives").json()["items"] == []


def test_registers_and_law(house: House) -> None:
    caller = program(house, "phucloc.canbo")
    first = caller.ask("places", on="2021-11-29", level=3, per_page=100).json()
    assert (len(first["items"]), first["more"]) == (100, True)
    assert caller.ask("places", on="2021-11-29", level=3, per_page=100, page=2).json()["more"] is False
    found = caller.ask("places/find", text="TP. Bac Kan", on="2021-11-29").json()
    assert (found[0]["code"], found[0]["how"]) == ("058", "folded")
    assert caller.ask("places/058@2020-02-01").json()["full_name"] == "thành phố Bắc Kạn"
    assert caller.ask("places/x@y").status_code == 404
    eight = caller.ask("organisations/resolve", phrase="Ban Chỉ đạo các huyện, thành phố", place="06@2020-02-01").json()
    assert len(eight["organisations"]) == 8
    assert caller.ask("organisations", q="ubnd ba be").json()["items"]
    rules = caller.ask("law", on="2021-11-29", subject="quarantine").json()["items"]
    assert rules
    answer = caller.send(f"law/{rules[0]['name']}/ask", {"on": "2021-11-29"})
    assert answer.status_code in (200, 422)
    assert caller.send("law/khong/co/gi/ask", {"on": "2021-11-29"}).status_code == 404


def test_reading_registers_nothing(house: House) -> None:
    caller = program(house, "phucloc.canbo")
    text = samples.texts()[0].read_bytes()
    before = Entry.objects.count()
    file = SimpleUploadedFile("mau.txt", text, "text/plain")
    answer = caller.post("/api/v1/read/file", {"file": file})
    assert answer.status_code == 200, answer.content
    assert answer.json()["obligations"]
    assert Directive.objects.count() == 0
    assert Entry.objects.count() == before


# What it refuses, and how


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        ({"unit": "chín", "text": "x"}, 422, "document.unit"),
        ({"unit": 1, "text": ""}, 422, "document.text"),
        ({"unit": 1, "text": "a\x00b"}, 422, "document.text"),
        ({"unit": 1, "text": "x", "lạ": 1}, 422, "document.lạ"),
        ({"unit": 1}, 422, "document.text"),
    ],
)
def test_a_wrong_call_is_told_what_and_where(house: House, body: object, status: int, where: str) -> None:
    answer = program(house, "tinh.vanthu").send("directives", body)
    assert (answer.status_code, answer.json()["where"]) == (status, where)
    assert answer.json()["message"]
    assert Directive.objects.count() == 0


def test_a_broken_body_an_unknown_method_and_an_unknown_address(house: House) -> None:
    caller = program(house, "tinh.vanthu")
    for answer, status in (
        (caller.post("/api/v1/directives", "{", content_type=JSON), 400),
        (caller.delete("/api/v1/directives"), 405),
        (caller.ask("khong/co"), 404),
        (caller.ask("tasks", q="\x00"), 422),
        (caller.ask("tasks", page=0), 422),
    ):
        assert answer.status_code == status
        assert set(answer.json()) == {"error", "message", "where"}


def test_an_unreadable_file_is_kept_and_answered(house: House) -> None:
    caller = program(house, "tinh.vanthu")
    unit = house.unit("ubnd", "06").pk
    send = {"unit": unit, "file": SimpleUploadedFile("hong.pdf", b"%PDF-1.7 broken", "application/pdf")}
    answer = caller.post("/api/v1/directives/file", send, headers={"Idempotency-Key": "một"})
    assert answer.status_code == 422
    assert answer.json()["where"] == "hong.pdf"
    assert Directive.objects.count() == 0
    assert SourceFile.objects.get().role == "failed"


# Nothing twice


def test_the_same_call_twice_is_done_once(house: House) -> None:
    caller = program(house, "tinh.vanthu")
    body = {"unit": house.unit("ubnd", "06").pk, "text": "Số: 12/UBND-VX\nVề việc thử"}
    first, second = caller.send("directives", body, "k1"), caller.send("directives", body, "k1")
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true"
    assert Directive.objects.count() == 1
    other = caller.send("directives", {**body, "text": "Số: 13/UBND-VX"}, "k1")
    assert (other.status_code, other.json()["where"]) == (409, "Idempotency-Key")
    assert caller.send("directives", {**body, "text": "Số: 14/UBND-VX\nViệc khác"}, "k2").status_code == 201
    assert caller.send("directives", body, "k" * 201).status_code == 422


def test_keys_of_different_people_do_not_meet(house: House) -> None:
    unit = house.unit("ubnd", "06").pk
    body = {"unit": unit, "text": "Số: 12/UBND-VX\nVề việc thử"}
    one = program(house, "tinh.vanthu").send("directives", body, "k1").json()["id"]
    other = {**body, "text": "Số: 15/UBND-VX\nViệc khác"}
    assert program(house, "tinh.chuyenvien").send("directives", other, "k1").json()["id"] != one


def test_a_file_sent_twice_with_another_boundary_is_the_same_call(house: House) -> None:
    caller, unit = program(house, "tinh.vanthu"), house.unit("ubnd", "06").pk

    def send(data: bytes) -> object:
        file = SimpleUploadedFile("cv.txt", data, "text/plain")
        return caller.post("/api/v1/directives/file", {"unit": unit, "file": file}, headers={"Idempotency-Key": "f"})

    text = "Số: 12/UBND-VX\nVề việc thử".encode()
    assert [send(text).status_code, send(text).status_code] == [201, 201]  # type: ignore[attr-defined]
    assert send(text + b" khac").status_code == 409  # type: ignore[attr-defined]
    assert Directive.objects.count() == 1


def test_a_failure_of_ours_keeps_no_answer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from chongdich.web.api import directives as module

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("hỏng")

    caller = program(house, "tinh.vanthu")
    caller.raise_request_exception = False
    body = {"unit": house.unit("ubnd", "06").pk, "text": "Số: 12/UBND-VX\nVề việc thử"}
    with monkeypatch.context() as patched:
        patched.setattr(module.receive, "receive_text", broken)
        assert caller.send("directives", body, "k1").status_code == 500
    assert KeptAnswer.objects.count() == 0
    assert caller.send("directives", body, "k1").status_code == 201


# The description


def test_every_operation_declares_its_refusals(house: House) -> None:
    document = signed_in(house, "phucloc.canbo").get("/api/v1/openapi.json").json()
    assert document == json.loads(json.dumps(described()))
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert {"401", "403", "404", "409", "422"} <= set(operation["responses"]), (path, method)
            assert operation["description"], (path, method)
    assert set(document["components"]["securitySchemes"]) == {"bearer", "session"}


def test_lists_ask_few_questions(house: House, confirmed: object, django_assert_max_num_queries: object) -> None:  # noqa: F811
    caller = program(house, "tinh.chuyenvien")
    directive = Directive.objects.get().pk
    for address in (
        "me",
        "directives",
        "tasks?scope=all",
        f"directives/{directive}/clauses",
        "organisations",
        "places",
    ):
        caller.get(f"/api/v1/{address}")
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert caller.get(f"/api/v1/{address}").status_code == 200


def test_account_pages_know_the_key_was_used(house: House) -> None:
    program(house, "phucloc.canbo").ask("me")
    assert Account.objects.get(username="phucloc.canbo").tokens.get().used_at == house.at
    assert Client().get("/api/v1/me").status_code == 401
