"""The scenarios' pages: made, answered, compared, judged ready or not, planned; within their queries and bounds."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from chongdich.application.journeys import scenarios
from chongdich.domain.directives.models import Directive
from chongdich.domain.scenarios.asking.reading import spec_of, template_values
from chongdich.domain.scenarios.models import Resource, Run, Scenario
from tests.journeys.house import House
from tests.web.client import signed_in

MOST_QUERIES = 12


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("populations")


@pytest.fixture
def client(house: House) -> Client:
    return signed_in(house, "tinh.chuyenvien")


def finish(house: House, folder: Path) -> None:
    while scenarios.advance_next_run(
        house.machine(), keep_in=folder, threads=1, due=lambda: True, stop=lambda number: lambda: False
    ):
        pass


@pytest.fixture
def run(house: House, folder: Path) -> Run:
    desk = house.desk("tinh.chuyenvien")
    spec = spec_of({**template_values("cluster"), "people": 3000, "days": 28})
    unit = desk.actor.grants[0].unit_id
    made = scenarios.keep_scenario(desk, unit_id=unit, spec=spec, template="cluster")
    asked = scenarios.ask_run(desk, scenario_id=made.pk, runs=5, seed=3)
    finish(house, folder)
    asked.refresh_from_db()
    assert asked.state == "done"
    return asked


def pages(run: Run) -> list[str]:
    return [
        reverse("scenarios"), reverse("scenario_new"), reverse("scenario_file"), reverse("forecasts"),
        reverse("scenario", args=[run.scenario_id]), reverse("scenario_edit", args=[run.scenario_id]),
        reverse("run", args=[run.pk]), reverse("run_progress", args=[run.pk]), reverse("run_compare", args=[run.pk]),
        reverse("run_readiness", args=[run.pk]), reverse("resources"), reverse("resource_new"),
        reverse("resource_upload"),
    ]  # fmt: skip


def test_every_page_opens_within_its_queries(client: Client, run: Run, django_assert_max_num_queries: object) -> None:
    for address in pages(run):
        with django_assert_max_num_queries(MOST_QUERIES, info=address):  # type: ignore[operator]
            assert client.get(address).status_code == 200, address


def test_a_scenario_is_made_and_run_from_one_form(client: Client, house: House) -> None:
    form = {
        "template": "school", "name": "Thử trường học", "days": "30", "policies": ["present", "no_school"],
        "one_dose": "80", "two_doses": "60", "runs": "100",
    }  # fmt: skip
    answer = client.post(reverse("scenario_new"), form)
    made = Scenario.objects.get()
    assert answer.headers["Location"] == reverse("scenario", args=[made.pk])
    assert [policy["name"] for policy in made.spec["policies"]] == [
        "Theo quy định hiện hành",
        "Tạm dừng dạy học trực tiếp 14 ngày",
    ]
    waiting = client.get(answer.headers["Location"]).content.decode()
    assert "hx-get" in waiting
    assert "Đang chờ" in waiting


def test_impossible_input_is_shown_beside_the_field_and_kept(client: Client) -> None:
    form = {
        "template": "school", "days": "3", "one_dose": "10", "two_doses": "60", "runs": "100", "name": "Giữ lại",
    }  # fmt: skip
    answer = client.post(reverse("scenario_new"), form)
    assert answer.status_code == 422
    assert "Giữ lại" in answer.content.decode()
    assert not Scenario.objects.exists()
    swapped = client.post(reverse("scenario_new"), {**form, "days": "30"})
    assert swapped.status_code == 422
    assert "vaccinated.two_doses" in swapped.content.decode()


def test_a_file_with_a_wrong_number_is_refused_with_its_range(client: Client, run: Run) -> None:
    address = reverse("scenario_edit", args=[run.scenario_id])
    text = client.get(address).context["form"].initial["text"].replace("days: 28", "days: -1")
    answer = client.post(address, {"text": text, "version": "1"})
    assert answer.status_code == 422
    assert "[7; 365]" in answer.content.decode()
    right = text.replace("days: -1", "days: 21")
    assert client.post(address, {"text": right, "version": "1"}).status_code == 302
    assert Scenario.objects.get().spec["days"] == 21
    stale = client.post(address, {"text": right, "version": "1"})
    assert "người khác sửa" in stale.content.decode()


def test_answers_have_charts_with_sentences_and_a_reserve(client: Client, run: Run) -> None:
    told = client.get(reverse("run", args=[run.pk]), {"pa": "1", "chac": "0.9", "ngay": "7"}).content.decode()
    assert told.count('role="img"') >= 8
    assert "Dự trữ để chắc 90 % không thiếu trong 7 ngày" in told
    assert 'd="M52' in told, "numbers of a drawing are written with points"
    assert "style=" not in told.split('id="answers"')[1]


def test_a_run_is_stopped_from_the_page(client: Client, run: Run) -> None:
    client.post(reverse("scenario_run", args=[run.scenario_id]), {"runs": "100"})
    waiting = Run.objects.get(state="waiting")
    client.post(reverse("run_cancel", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    assert "Đã dừng" in client.get(reverse("run", args=[waiting.pk])).content.decode()


def test_running_again_says_that_nothing_changed(client: Client, run: Run, house: House, folder: Path) -> None:
    address = client.post(reverse("run_again", args=[run.pk])).headers["Location"]
    finish(house, folder)
    assert "Giống hệt lần chạy trước" in client.get(address).content.decode()


def test_policies_are_compared_in_pairs(client: Client, run: Run) -> None:
    told = client.get(reverse("run_compare", args=[run.pk])).content.decode()
    for policy in run.scenario.spec["policies"]:
        assert policy["name"] in told
    assert "ít hơn ở" in told


def test_chosen_gaps_become_a_draft(client: Client, run: Run) -> None:
    address = reverse("run_readiness", args=[run.pk])
    rows = client.get(address).context["rows"]
    keys = [row["key"] for row in rows[:2]]
    nothing = client.post(reverse("run_give", args=[run.pk]), {"due": "10/12/2021"})
    assert nothing.status_code == 422
    made = client.post(reverse("run_give", args=[run.pk]), {"gap": keys, "due": "10/12/2021"})
    draft = Directive.objects.get(direction="out")
    assert made.headers["Location"] == reverse("draft", args=[draft.pk])
    assert "chuẩn bị thêm" in draft.text


def test_the_plan_comes_as_word_and_as_a_draft(client: Client, run: Run) -> None:
    word = client.get(reverse("run_plan", args=[run.pk, "docx"]))
    assert word.content[:2] == b"PK"
    assert client.get(reverse("run_plan", args=[run.pk, "exe"])).status_code == 404
    assert client.post(reverse("run_draft", args=[run.pk])).status_code == 302
    assert Directive.objects.get(direction="out").kind == "phương án"


def test_figures_come_as_csv_of_every_run(client: Client, run: Run) -> None:
    rows = client.get(reverse("run_figures", args=[run.pk, "csv"])).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 2 * 5 * 28
    assert client.get(reverse("run_figures", args=[run.pk, "json"])).json()["digest"] == run.digest


def test_resources_are_entered_changed_and_taken_away(client: Client) -> None:
    form = {"kind": "beds_severe", "name": "BVĐK tỉnh", "quantity": "50", "place": ""}
    assert client.post(reverse("resource_new"), form).status_code == 302
    row = Resource.objects.get()
    address = reverse("resource", args=[row.pk])
    assert client.post(address, {**form, "quantity": "-1", "version": "1"}).status_code == 422
    assert client.post(address, {**form, "quantity": "60", "version": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.quantity == 60
    assert client.post(reverse("resource_remove", args=[row.pk])).status_code == 302
    assert not Resource.objects.exists()


def test_a_bad_table_names_the_row(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = SimpleUploadedFile("a.csv", "loại;tên;số lượng\nmeals;Bếp;nhiều\n".encode())
    answer = client.post(reverse("resource_upload"), {"file": sent})
    assert answer.status_code == 422
    assert "dòng 2" in answer.content.decode()
    assert client.get(reverse("resource_sample")).status_code == 200


def test_forecasts_are_judged_by_what_came(house: House, run: Run) -> None:
    Scenario.objects.update(template="now")
    later = house.later(days=3)
    told = signed_in(later, "tinh.chuyenvien").get(reverse("forecasts"))
    assert told.context["days"] == 3
    assert run.day == date(2021, 11, 29)
    assert "WIS" in told.content.decode()


def test_whoever_may_not_sees_nothing(house: House, run: Run) -> None:
    for address in pages(run)[4:10]:
        assert signed_in(house, "babe.bcd").get(address).status_code == 404, address
        assert signed_in(house, "tinh.vanthu").get(address).status_code == 403, address
    assert signed_in(house, "tinh.lanhdao").post(reverse("scenario_run", args=[run.scenario_id])).status_code == 403
