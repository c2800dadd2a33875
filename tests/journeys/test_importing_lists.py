"""Line lists come in whole: the real ones of several makers, and bad ones. No row is lost, none comes twice."""

import io
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook

from chongdich.application.journeys import importing
from chongdich.core.errors import Refused
from chongdich.domain.cases.models import Case, Import, ImportRow, Link
from chongdich.registry.people.models import Person
from tests.journeys.house import House
from tests.shared import shared

pytestmark = pytest.mark.usefixtures("own_files")


@pytest.fixture
def own_files(tmp_path: Path, settings: object) -> None:
    settings.VAR = tmp_path  # type: ignore[attr-defined]


def take_in(house: House, data: bytes, name: str = "danh sách.csv", *, sender: str = "", **changes: object) -> Import:
    """Hand a list in as the province's epidemiologist, accept the mapping, and let it run."""
    desk = house.desk("cdc.dichte")
    found = importing.receive_list(desk, name=name, data=data, sender=sender)
    house.settle()
    found.refresh_from_db()
    assert found.state == "mapping", found.problem
    importing.start_import(desk, import_id=found.pk, mapping={**found.mapping, **changes})
    house.settle()
    found.refresh_from_db()
    assert found.state == "done"
    assert sum(found.counts.values()) == found.rows_total == ImportRow.objects.filter(import_of=found).count()
    return found


def of(name: str) -> bytes:
    return shared("linelists", name).read_bytes()


def fates(found: Import) -> Counter[str]:
    return Counter(ImportRow.objects.filter(import_of=found).values_list("fate", flat=True))


def test_trongthanh_gives_288_cases_and_85_links(house: House) -> None:
    take_in(house, of("trongthanh_patients.csv"))
    assert (Case.objects.count(), Link.objects.count()) == (288, 85)
    links = Link.objects.values_list("source__code", "case__code")
    assert ("BN17", "BN32") in set(links)


def test_the_edges_of_trongthanh_say_nothing_new_and_alone_say_everything(house: House) -> None:
    take_in(house, of("trongthanh_patients.csv"))
    told = set(Link.objects.values_list("source__code", "case__code"))
    Case.objects.update(source=None)
    Link.objects.all().delete()
    found = take_in(house, of("trongthanh_edges.csv"))
    assert found.counts == {"linked": 85}
    assert Case.objects.count() == 288
    assert set(Link.objects.values_list("source__code", "case__code")) == told


def test_the_ministrys_form_5_as_exported(house: House) -> None:
    """Title block, header of five lines, a second language, both habits of days, a one-byte encoding."""
    take_in(house, of("optima_form5_case_close_contact_list_20200922_raw.csv"))
    assert Case.objects.count() == 1068  # numbers 1 to 1068; some cells hold line ends, so the file has more lines
    assert sum("contacts_told" in case.details for case in Case.objects.all()) == 66
    links = set(Link.objects.values_list("source__code", "case__code"))
    assert cleaned_by_hand() <= links
    assert len(links) == 293  # 275 of the cleaned file, and 18 that it left out: "NB 433, 524", bare numbers


def cleaned_by_hand() -> set[tuple[str, str]]:
    import csv

    rows = csv.DictReader(io.StringIO(of("optima_form5_edges.csv").decode("utf-8")))
    return {(f"NB{int(row['from'][2:])}", f"NB{int(row['to'][2:])}") for row in rows}


def test_the_national_list_by_hanse_ngo(house: House) -> None:
    take_in(house, of("hansengo_patient_details.csv"))
    assert Case.objects.count() == 1099  # BN1 to BN1099
    own = set(Link.objects.values_list("source__code", "case__code"))
    found = take_in(house, of("hansengo_patient_link.csv"))
    assert found.rows_total == 975
    assert Case.objects.count() == 1099
    assert set(fates(found)) <= {"matched", "updated"}
    assert own <= set(Link.objects.values_list("source__code", "case__code"))
    assert Link.objects.count() == 366


def test_the_simulated_outbreak_imports_whole_and_its_contradictions_are_told(house: House) -> None:
    found = take_in(house, of("ebola_sim_clean__linelist.csv"), leave_out=True)
    assert (Case.objects.count(), found.counts) == (5829, {"created": 5829})
    told = ImportRow.objects.filter(import_of=found, reason__contains="mâu thuẫn").count()
    assert told == 160
    links = take_in(house, of("ebola_sim_clean__contacts.csv"))
    assert links.counts == {"linked": 2116, "refused": 1684}  # the file of contacts names cases that the list lacks
    assert Link.objects.count() == 2116


HEAD = "STT;Họ và tên;Năm sinh;Giới tính;Xã;Huyện;Điện thoại;Ngày khởi phát;Ngày lấy mẫu;Ngày tử vong;Ngày có kết quả\n"
GOOD = "1;Nông Văn Mẫu;1980;Nam;Phúc Lộc;Ba Bể;0912345678;20/11/2021;21/11/2021;;22/11/2021\n"


def test_each_row_has_its_fate_and_reason(house: House) -> None:
    rows = [
        GOOD,
        "2;Triệu Thị Thử;1975;Nữ;Phúc Lộc;Ba Bể;;31/02/2021;21/11/2021;;\n",
        "3;Hoàng Văn Sai;1990;Nam;Phúc Lộc;Ba Bể;;25/11/2021;;20/11/2021;\n",
        "4;Đàm Thị Xa;1990;Nữ;Phúc Lôc;Ba Bể;;20/11/2021;;;\n",
        "5;Lý Văn Lạ;1990;Nam;Xã Không Có;Ba Bể;;20/11/2021;;;\n",
        "6;Ma Thị Mai;1990;Nữ;Phúc Lộc;Ba Bể;;20/12/2021;;;\n",
        ";;;;;;;;;;\n",
        "7;;1990;Nữ;Phúc Lộc;Ba Bể;;20/11/2021;;;\n",
        "8;Vi Văn Kết;1990;Nam;Phúc Lộc;Ba Bể;;;21/11/2021;;19/11/2021\n",
    ]
    found = take_in(house, (HEAD + "".join(rows)).encode("utf-8-sig"))
    told = {row.number: (row.fate, row.reason) for row in ImportRow.objects.filter(import_of=found)}
    assert told[2] == ("created", "")
    assert "Không có ngày “31/02/2021”" in told[3][1]
    assert "Ngày tử vong trước ngày khởi phát" in told[4][1]
    assert told[5][0] == "created"  # one mark less is the same commune
    assert "Không có xã, phường “Xã Không Có” ở Ba Bể" in told[6][1]
    assert "tương lai" in told[7][1]
    assert "Không có họ tên" in told[9][1]
    assert "trước ngày lấy mẫu" in told[10][1]
    assert found.counts == {"created": 2, "refused": 6}


def test_the_same_person_twice_is_one_case(house: House) -> None:
    twice = HEAD + GOOD + GOOD.replace("1;Nông", "2;Nông").replace("20/11/2021", "")
    found = take_in(house, twice.encode())
    assert found.counts == {"created": 1, "matched": 1}
    assert Person.objects.count() == 1
    row = ImportRow.objects.get(import_of=found, fate="matched")
    assert row.reason == "Trùng với dòng 2"


def test_the_same_file_is_told_and_taken_again_makes_nothing_new(house: House) -> None:
    data = (HEAD + GOOD).encode()
    take_in(house, data)
    desk = house.desk("cdc.dichte")
    with pytest.raises(Refused, match="đã được nhận"):
        importing.receive_list(desk, name="x.csv", data=data)
    again = importing.receive_list(desk, name="x.csv", data=data, again=True)
    importing.start_import(desk, import_id=again.pk, mapping=again.mapping)
    house.settle()
    again.refresh_from_db()
    assert again.counts == {"matched": 1}
    assert Case.objects.count() == 1


def test_a_known_case_is_filled_in_and_never_overwritten(house: House) -> None:
    take_in(house, (HEAD + "1;Nông Văn Mẫu;1980;Nam;Phúc Lộc;Ba Bể;0912345678;20/11/2021;;;\n").encode())
    found = take_in(house, (HEAD + GOOD.replace("20/11/2021", "19/11/2021")).encode())
    case = Case.objects.get()
    assert found.counts == {"updated": 1}
    assert (f"{case.onset_on}", f"{case.sampled_on}") == ("2021-11-20", "2021-11-21")
    assert "khác ngày khởi phát, giữ như cũ" in ImportRow.objects.get(import_of=found).reason


def test_somebody_decides_when_a_name_and_a_year_are_all_that_agree(house: House) -> None:
    take_in(house, (HEAD + GOOD).encode())
    found = take_in(house, (HEAD + "1;Nông Văn Mẫu;1980;Nam;Phúc Lộc;Ba Bể;;;21/11/2021;;\n").encode())
    row = ImportRow.objects.get(import_of=found)
    assert (row.fate, len(row.candidates)) == ("decide", 1)
    importing.decide_row(house.desk("cdc.dichte"), row_id=row.pk, person_id=row.candidates[0])
    found.refresh_from_db()
    assert found.counts == {"matched": 1}
    assert Case.objects.count() == 1


def test_undone_whole(house: House) -> None:
    take_in(house, (HEAD + "1;Nông Văn Mẫu;1980;Nam;Phúc Lộc;Ba Bể;0912345678;20/11/2021;;;\n").encode())
    more = GOOD + "2;Triệu Thị Thử;1975;Nữ;Phúc Lộc;Ba Bể;0987654321;;21/11/2021;;\n"
    found = take_in(house, (HEAD + more).encode())
    assert found.counts == {"updated": 1, "created": 1}
    importing.undo_import(house.desk("cdc.dichte"), import_id=found.pk)
    case = Case.objects.get()
    assert (case.sampled_on, case.resulted_on) == (None, None)
    assert fates(found) == {"undone": 2}


def test_formula_cells_are_refused_one_by_one(house: House) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["DANH SÁCH CA BỆNH"])
    sheet.append([])
    sheet.append(["Họ và tên", "Năm sinh", "Xã", "Huyện", "Ngày khởi phát", "Điện thoại"])
    sheet.append(["Nông Văn Mẫu", 1980, "Phúc Lộc", "Ba Bể", "=TODAY()", "0912345678"])
    data = io.BytesIO()
    book.save(data)
    found = take_in(house, data.getvalue(), "x.xlsx")
    row = ImportRow.objects.get(import_of=found)
    assert (row.fate, row.number) == ("created", 4)
    assert row.reason == "Ngày khởi phát: ô là công thức, không nhận"


def test_a_list_cut_off_is_not_taken_in_unasked(house: House) -> None:
    desk = house.desk("cdc.dichte")
    found = importing.receive_list(desk, name="x.csv", data=(HEAD + GOOD * 4 + '5;"Nông Văn').encode())
    assert found.warnings == ["Dòng cuối bị cắt giữa chừng: tệp chưa được gửi hết."]
    with pytest.raises(Refused, match="bị cắt"):
        importing.start_import(desk, import_id=found.pk, mapping=found.mapping)


def test_a_mapping_is_remembered_for_the_sender(house: House) -> None:
    first = take_in(house, (HEAD + GOOD).encode(), sender="Trạm Y tế", prefix="PL")
    desk = house.desk("cdc.dichte")
    other = importing.receive_list(
        desk, name="y.csv", data=(HEAD + GOOD.replace("Mẫu", "Mới")).encode(), sender="Trạm Y tế"
    )
    assert other.mapping["prefix"] == first.mapping["prefix"] == "PL"
    assert other.mapping["remembered"]


def test_paused_and_gone_on_with(house: House) -> None:
    desk = house.desk("cdc.dichte")
    found = importing.receive_list(desk, name="y.csv", data=(HEAD + GOOD).encode())
    importing.start_import(desk, import_id=found.pk, mapping=found.mapping)
    importing.pause_import(desk, import_id=found.pk)
    house.settle()
    assert Case.objects.count() == 0
    importing.resume_import(desk, import_id=found.pk)
    house.settle()
    assert Case.objects.count() == 1


def test_who_may_not_import(house: House) -> None:
    from chongdich.core.errors import NotAllowed

    with pytest.raises(NotAllowed):
        importing.receive_list(house.desk("phucloc.tyt"), name="y.csv", data=b"x")
