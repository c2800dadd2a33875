"""Pages of cases: entered on one screen, seen with reasons, visited, closed by rule; lists from file to fates."""

import io

import pytest
from openpyxl import load_workbook

from chongdich.domain.cases.models import Case, Import, ImportRow, Interview
from chongdich.registry.ledger.models import Entry
from chongdich.registry.people.models import Person
from tests.journeys.house import House
from tests.web.client import signed_in

FACTS = {"test": "pcr", "sampled_on": "27/11/2021", "resulted_on": "28/11/2021", "onset_on": "25/11/2021", "ct": "21,5",
         "symptoms": ["fever", "cough"], "origin": "unknown", "home_treated": "on"}  # fmt: skip


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path


def entered(house: House, username: str = "phucloc.tyt", **changes: object) -> Case:
    place = house.unit("ubnd", "01894").place_id
    who = {"name": "Nông Thị Mẫu", "birth": "1988", "sex": "f", "residence_id": place}
    answer = signed_in(house, username).post("/ca-benh/moi/", {**who, **FACTS, **changes})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Case.objects.latest("pk")


def test_a_case_is_entered_on_one_screen_and_classified_by_the_law(house: House) -> None:
    case = entered(house)
    assert (case.classification, f"{case.infectious_from}", case.home_treated) == ("confirmed", "2021-11-22", True)
    house.settle()
    assert Case.objects.count() == 1
    page = signed_in(house, "phucloc.tyt").get(f"/ca-benh/{case.pk}/").content.decode()
    assert "3638/QĐ-BYT" in page
    assert "Nông Thị Mẫu" in page


def test_who_may_not_know_names_sees_initials(house: House) -> None:
    case = entered(house)
    for address in ("/ca-benh/", f"/ca-benh/{case.pk}/"):
        page = signed_in(house, "tinh.lanhdao").get(address).content.decode()
        assert "N.T.M., 33 t., xã Phúc Lộc" in page
        assert "Nông Thị Mẫu" not in page


def test_another_district_does_not_see_it(house: House) -> None:
    case = entered(house)
    client = signed_in(house, "tp.lanhdao")
    assert client.get(f"/ca-benh/{case.pk}/").status_code == 404
    assert "N.T.M." not in client.get("/ca-benh/").content.decode()


@pytest.mark.parametrize("address", ["/ca-benh/", "/ca-benh/moi/", "/ca-benh/danh-sach-nhap/", "/ca-benh/tai-nha/"])
def test_who_has_nothing_to_do_with_cases_is_refused(house: House, address: str) -> None:
    assert signed_in(house, "tinh.vanthu").get(address).status_code == 403


def test_impossible_days_stay_in_the_form(house: House) -> None:
    answer = signed_in(house, "phucloc.tyt").post("/ca-benh/moi/", {"name": "A B", **FACTS, "onset_on": "30/12/2021"})
    assert answer.status_code == 422
    assert "tương lai" in answer.content.decode()
    assert Case.objects.count() == Person.objects.count() == 0


def test_a_correction_moves_the_window_and_a_stale_one_is_refused(house: House) -> None:
    case = entered(house)
    client = signed_in(house, "phucloc.tyt")
    new = {**FACTS, "onset_on": "24/11/2021", "version": case.version}
    assert client.post(f"/ca-benh/{case.pk}/sua/", new).status_code == 302
    case.refresh_from_db()
    assert f"{case.infectious_from}" == "2021-11-21"
    stale = client.post(f"/ca-benh/{case.pk}/sua/", new)
    assert stale.status_code == 422
    assert "Người khác vừa sửa" in stale.content.decode()


def test_discharge_follows_the_rule_and_gives_a_paper(house: House) -> None:
    case = entered(house)
    client = signed_in(house, "phucloc.tyt")
    early = client.post(f"/ca-benh/{case.pk}/khoi/", {"on": "29/11/2021", "cleared_samples": "1",
                                                      "days_since_symptoms_end": "1"})  # fmt: skip
    assert early.status_code == 422
    assert "4689" in early.content.decode()
    later = house.later(days=16)
    asked = {"on": "13/12/2021", "cleared_samples": "1", "days_since_symptoms_end": "4"}
    assert signed_in(later, "phucloc.tyt").post(f"/ca-benh/{case.pk}/khoi/", asked).status_code == 302
    case.refresh_from_db()
    assert case.outcome == "recovered"
    assert "4689" in str(case.outcome_rule)
    paper = signed_in(later, "phucloc.tyt").get(f"/ca-benh/{case.pk}/giay-xac-nhan.docx")
    assert paper.content[:2] == b"PK"
    pdf = signed_in(later, "phucloc.tyt").get(f"/ca-benh/{case.pk}/giay-xac-nhan.pdf")
    assert pdf.content[:4] == b"%PDF"


def test_a_death_needs_its_review(house: House) -> None:
    case = entered(house)
    client = signed_in(house, "phucloc.tyt")
    bare = client.post(f"/ca-benh/{case.pk}/ket-thuc/", {"action": "die", "on": "29/11/2021"})
    assert bare.status_code == 422
    told = {"action": "die", "on": "29/11/2021", "note": "Suy hô hấp, bệnh nền tim mạch."}
    assert client.post(f"/ca-benh/{case.pk}/ket-thuc/", told).status_code == 302
    case.refresh_from_db()
    assert (case.outcome, case.details["review"]) == ("died", "Suy hô hấp, bệnh nền tim mạch.")


def test_a_visit_gives_the_risk_group(house: House) -> None:
    case = entered(house)
    client = signed_in(house, "phucloc.tyt")
    found = {
        "temperature": "38,2",
        "oxygen": "91",
        "breaths": "22",
        "pulse": "90",
        "systolic": "120",
        "diastolic": "80",
    }
    assert client.post(f"/ca-benh/{case.pk}/theo-doi/", found).status_code == 302
    page = client.get(f"/ca-benh/{case.pk}/").content.decode()
    assert "rất cao" in page
    assert "3646" in page
    assert client.post(f"/ca-benh/{case.pk}/theo-doi/", {"temperature": "382"}).status_code == 422
    assert "tone-bad" in client.get("/ca-benh/tai-nha/").content.decode()


def test_an_interview_is_read_saved_and_finished(house: House) -> None:
    case = entered(house)
    client = signed_in(house, "phucloc.tyt")
    address = f"/ca-benh/{case.pk}/dieu-tra/"
    client.get(address)
    told = {"version": 1, "deed": "read", "text": "Ngày 23/11, 7h30 đi chợ Phúc Lộc cùng con gái; 9h về nhà"}
    client.post(address, told)
    interview = Interview.objects.get()
    assert [stay["place"] for stay in interview.content["days"]["2021-11-23"]] == ["chợ Phúc Lộc", "nhà"]
    bad = client.post(
        address, {"version": 2, "deed": "save", "stay-2021-11-23-0-from": "25h", "stay-2021-11-23-0-place": "x"}
    )
    assert bad.status_code == 422
    good = {"version": 2, "deed": "finish", "stay-2021-11-23-0-from": "7h30", "stay-2021-11-23-0-place": "chợ Phúc Lộc",
            "person-0-name": "Hoàng Thị Lan", "person-0-last_met": "24/11/2021"}  # fmt: skip
    assert client.post(address, good).status_code == 302
    assert Entry.objects.filter(kind="InterviewFinished").exists()


ROWS = (
    "Họ tên\tNăm sinh\tGiới\tXã\tHuyện\tNgày khởi phát\nNông Văn Mẫu\t1980\tNam\tPhúc Lộc\tBa Bể\t20/11/2021\n"
    "Sai\t1980\tNam\tPhúc Lộc\tBa Bể\t31/02/2021\n"
)


def test_pasted_rows_are_previewed_taken_in_and_the_result_imports_back(house: House) -> None:
    client = signed_in(house, "cdc.dichte")
    sent = client.post("/ca-benh/danh-sach-nhap/moi/", {"text": ROWS, "sender": "Ba Bể"})
    found = Import.objects.get()
    page = client.get(sent.url).content.decode()
    assert "Không có ngày" in page
    fields = {f"field-{at}": name or "" for at, name in enumerate(found.mapping["fields"])}
    assert client.post(f"{sent.url}bat-dau/", {**fields, "prefix": "BN"}).status_code == 302
    house.settle()
    assert "Cân:" in client.get(sent.url).content.decode()
    file = client.get(f"{sent.url}ket-qua.xlsx")
    data = b"".join(file) if file.streaming else file.content
    lines = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert [line[7] for line in lines[1:]] == ["tạo mới", "bị từ chối"]
    upload = io.BytesIO(data)
    upload.name = "kết quả.xlsx"
    back = client.post("/ca-benh/danh-sach-nhap/moi/", {"file": upload})
    second = Import.objects.latest("pk")
    assert second.mapping["fields"][:6] == found.mapping["fields"]
    client.post(f"{back.url}bat-dau/", {**fields, "prefix": "BN"})
    house.settle()
    fates = list(ImportRow.objects.filter(import_of=second).values_list("fate", flat=True))
    assert fates == ["decide", "refused"] or fates == ["matched", "refused"]
    assert Case.objects.count() == 1


def test_two_columns_cannot_be_one_field(house: House) -> None:
    client = signed_in(house, "cdc.dichte")
    sent = client.post("/ca-benh/danh-sach-nhap/moi/", {"text": ROWS})
    answer = client.post(f"{sent.url}bat-dau/", {"field-0": "name", "field-1": "name"})
    assert answer.status_code == 422
    assert "Có hai cột cùng ghép" in answer.content.decode()


def test_no_page_asks_more_than_twelve_questions(house: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    case = entered(house)
    client = signed_in(house, "cdc.dichte")
    client.get("/ca-benh/")
    for address in ("/ca-benh/", "/ca-benh/tai-nha/"):
        with django_assert_max_num_queries(12):
            client.get(address)
    with django_assert_max_num_queries(14):
        client.get(f"/ca-benh/{case.pk}/")
