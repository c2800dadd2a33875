"""Pages of tasks: a unit starts, reports and passes down; who gave the task judges; nobody sees what is not theirs."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chongdich.application.journeys import work
from chongdich.application.journeys.files import Upload
from chongdich.domain.directives.models import Directive, Task
from chongdich.registry.accounts import operations
from tests.journeys.house import House
from tests.journeys.test_tasks import give
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def directive(house: House) -> Directive:
    return give(house, due=date(2021, 12, 3))


@pytest.fixture
def task(directive: Directive) -> Task:
    return Task.objects.get(directive=directive, area="tracing")


@pytest.fixture
def worker(house: House, task: Task) -> HouseClient:
    machine = house.machine()
    account = operations.open_account(username="babe.canbo", display_name="Nông Thị Mẫu", email="", by=machine.author)
    operations.appoint(
        account_id=account.pk, unit_id=task.unit_id, role="unit_staff", since=date(2021, 1, 1), by=machine.author
    )
    return signed_in(house, "babe.canbo")


@pytest.fixture
def office(house: House) -> HouseClient:
    return signed_in(house, "tinh.chuyenvien")


def test_the_list_shows_the_units_work_and_its_statistics(worker: HouseClient, directive: Directive) -> None:
    page = worker.get(f"/nhiem-vu/?van_ban={directive.pk}").content.decode()
    assert "Truy vết triệt để F1, F2." in page
    assert "8005/UBND-VXNV" in page
    assert "Đang thực hiện, trong hạn</a>: <strong>1" in page


def test_filters_and_folded_search(worker: HouseClient, task: Task) -> None:
    def found(query: str) -> bool:
        return "Truy vết triệt để" in worker.get(f"/nhiem-vu/?{query}").content.decode().split('id="viec-results"')[1]

    assert found("q=truy+vet")
    assert not found("q=tiem+chung")
    assert found("tinh_hinh=open_in_time&vai_tro=chinh&linh_vuc=tracing")
    assert not found("tinh_hinh=overdue")
    assert not found("vai_tro=phoi-hop")
    assert found(f"ben_giao={task.giver_id}")
    assert not found("trang_thai=accepted")
    assert found("trang_thai=tat-ca")
    assert not found("van_ban=999999")


def test_start_report_with_a_file_and_accept(
    house: House, worker: HouseClient, office: HouseClient, task: Task
) -> None:
    page = worker.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert f"/nhiem-vu/{task.pk}/lam/bat-dau/" in page
    assert worker.post(f"/nhiem-vu/{task.pk}/lam/bat-dau/", {"version": task.version}).status_code == 302
    files = [SimpleUploadedFile("danh sách.txt", b"42 F1"), SimpleUploadedFile("anh.png", b"png")]
    sent = worker.post(
        f"/nhiem-vu/{task.pk}/bao-cao/",
        {"version": task.version + 1, "text": "Đã truy vết 42 F1.", "evidence": files, "indicator_1": "F1 được lấy mẫu",
         "target_1": "100 %"},
    )  # fmt: skip
    assert sent.status_code == 302
    page = office.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "Đã truy vết 42 F1." in page
    assert "danh sách.txt" in page
    assert "chưa có số liệu trực tiếp" in page
    task.refresh_from_db()
    assert office.post(f"/nhiem-vu/{task.pk}/lam/chap-nhan/", {"version": task.version}).status_code == 302
    task.refresh_from_db()
    assert task.state == "accepted"


def test_evidence_is_only_for_who_sees_the_task(
    house: House, worker: HouseClient, office: HouseClient, task: Task
) -> None:
    work.report_task(house.desk("babe.canbo"), task_id=task.pk, text="Xong.", files=[Upload("ds.txt", b"42 F1")])
    file = task.reports.get().evidence.get().file_id
    answer = office.get(f"/nhiem-vu/{task.pk}/bao-cao-tep/{file}/")
    assert answer.content == b"42 F1"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer.headers["Content-Disposition"]
    for stranger in ("phucloc.canbo", "tp.chuyenvien", "syt.canbo"):
        assert signed_in(house, stranger).get(f"/nhiem-vu/{task.pk}/bao-cao-tep/{file}/").status_code == 404
    other = Task.objects.exclude(pk=task.pk).first()
    assert other
    assert office.get(f"/nhiem-vu/{other.pk}/bao-cao-tep/{file}/").status_code == 404


@pytest.mark.parametrize("path", ["", "dien-bien/", "bao-cao/", "bao-cao-ky/", "giao-xuong/"])
def test_strangers_do_not_see_it(house: House, task: Task, path: str) -> None:
    for stranger in ("phucloc.canbo", "tp.chuyenvien", "syt.canbo", "ducxuan.canbo"):
        assert signed_in(house, stranger).get(f"/nhiem-vu/{task.pk}/{path}").status_code in (403, 404)


@pytest.mark.parametrize("deed", ["bat-dau", "chap-nhan", "tra-lai", "mo-lai", "huy", "xin-gia-han", "gia-han"])
def test_strangers_do_nothing_to_it(house: House, task: Task, deed: str) -> None:
    for stranger in ("phucloc.canbo", "tp.chuyenvien", "syt.canbo"):
        answer = signed_in(house, stranger).post(f"/nhiem-vu/{task.pk}/lam/{deed}/", {"note": "x"})
        assert answer.status_code == 404
    task.refresh_from_db()
    assert (task.state, task.version) == ("received", 1)


def test_the_unit_does_not_judge_itself(worker: HouseClient, house: House, task: Task) -> None:
    work.report_task(house.desk("babe.canbo"), task_id=task.pk, text="Xong.")
    page = worker.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "lam/chap-nhan" not in page
    assert worker.post(f"/nhiem-vu/{task.pk}/lam/chap-nhan/", {}).status_code == 403


def test_two_at_once_keep_what_was_typed(worker: HouseClient, house: House, task: Task) -> None:
    seen = task.version
    work.start_task(house.desk("babe.canbo"), task_id=task.pk)
    answer = worker.post(
        f"/nhiem-vu/{task.pk}/bao-cao/",
        {"version": seen, "text": "Đã truy vết xong 42 F1.", "evidence": SimpleUploadedFile("ds.txt", b"42")},
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Đã truy vết xong 42 F1." in page
    assert "ds.txt" in page
    assert "Người khác vừa sửa" in page
    assert task.reports.count() == 0
    token = page.split('name="kept" value="')[1].split('"')[0]
    again = worker.post(
        f"/nhiem-vu/{task.pk}/bao-cao/", {"version": seen + 1, "text": "Đã truy vết xong 42 F1.", "kept": token}
    )
    assert again.status_code == 302
    kept = task.reports.get().evidence.get().file
    assert kept
    assert kept.name == "ds.txt"


def test_a_forged_token_of_a_kept_file_is_ignored(worker: HouseClient, task: Task) -> None:
    form = {"version": task.version, "text": "Xong.", "kept": "WyJ4Il0:forged"}
    assert worker.post(f"/nhiem-vu/{task.pk}/bao-cao/", form).status_code == 302
    assert task.reports.get().evidence.count() == 0


def test_a_late_word_on_a_task_that_was_cancelled_is_kept(worker: HouseClient, house: House, task: Task) -> None:
    work.cancel_tasks(house.desk("tinh.chuyenvien"), task_ids=[task.pk])
    answer = worker.post(
        f"/nhiem-vu/{task.pk}/lam/khong-lam-duoc/", {"version": 1, "reason": "Không có phòng xét nghiệm"}
    )
    assert answer.status_code == 409
    assert "Không có phòng xét nghiệm" in answer.content.decode()
    assert "Đã hủy giao" in answer.content.decode()


def test_returning_needs_a_reason(office: HouseClient, worker: HouseClient, house: House, task: Task) -> None:
    work.report_task(house.desk("babe.canbo"), task_id=task.pk, text="Xong.")
    task.refresh_from_db()
    answer = office.post(f"/nhiem-vu/{task.pk}/lam/tra-lai/", {"version": task.version, "note": " "})
    assert answer.status_code == 422
    assert "Chưa điền “Lý do trả lại”" in answer.content.decode()
    answer = office.post(f"/nhiem-vu/{task.pk}/lam/tra-lai/", {"version": task.version, "note": "Thiếu F2."})
    assert answer.status_code == 302
    assert "Thiếu F2." in worker.get(f"/nhiem-vu/{task.pk}/").content.decode()


def test_an_empty_file_is_named_and_the_words_stay(worker: HouseClient, task: Task) -> None:
    form = {"version": 1, "text": "Đã xong việc.", "evidence": SimpleUploadedFile("rong.txt", b"")}
    answer = worker.post(f"/nhiem-vu/{task.pk}/bao-cao/", form)
    assert answer.status_code == 422
    assert "tệp rỗng" in answer.content.decode().lower()
    assert "Đã xong việc." in answer.content.decode()


def test_an_extension_is_asked_for_and_granted(worker: HouseClient, office: HouseClient, task: Task) -> None:
    bad = worker.post(f"/nhiem-vu/{task.pk}/lam/xin-gia-han/", {"until": "01/12/2021", "reason": "Địa bàn rộng"})
    assert bad.status_code == 422
    assert "Địa bàn rộng" in bad.content.decode()
    good = worker.post(f"/nhiem-vu/{task.pk}/lam/xin-gia-han/", {"until": "06/12/2021", "reason": "Địa bàn rộng"})
    assert good.status_code == 302
    request = task.extensions.get()
    page = office.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "Địa bàn rộng" in page
    refused = office.post(f"/nhiem-vu/{task.pk}/lam/gia-han/", {"extension": request.pk, "grant": "0"})
    assert refused.status_code == 422
    assert office.post(f"/nhiem-vu/{task.pk}/lam/gia-han/", {"extension": request.pk, "grant": "1"}).status_code == 302
    page = worker.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "06/12/2021" in page
    assert "Gia hạn theo quyết định của" in page
    assert "Hạn ban đầu trong văn bản: 03/12/2021." in page


def test_passing_down_offers_only_units_below(house: House, task: Task) -> None:
    officer = signed_in(house, "babe.bcd")
    page = officer.get(f"/nhiem-vu/{task.pk}/giao-xuong/").content.decode()
    commune, elsewhere = house.unit("bcd", "01894"), house.unit("ubnd", "058")
    assert f'value="{commune.pk}"' in page
    assert f'value="{elsewhere.pk}"' not in page
    url = f"/nhiem-vu/{task.pk}/giao-xuong/"
    forged = officer.post(url, {"unit_ids": [elsewhere.pk], "title": "Rà soát."})
    assert forged.status_code == 422
    late = officer.post(url, {"unit_ids": [commune.pk], "title": "Rà soát từng hộ.", "due": "01/01/2022"})
    assert late.status_code == 422
    assert "Rà soát từng hộ." in late.content.decode()
    assert "không được sau hạn" in late.content.decode()
    done = officer.post(url, {"unit_ids": [commune.pk], "title": "Rà soát từng hộ.", "due": "02/12/2021"})
    assert done.status_code == 302
    child = task.children.get()
    assert (child.title, child.due) == ("Rà soát từng hộ.", date(2021, 12, 2))
    page = officer.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "0/1" in page
    assert f"/nhiem-vu/{child.pk}/" in page


def test_all_units_of_a_kind_at_once(house: House, task: Task) -> None:
    officer = signed_in(house, "babe.bcd")
    answer = officer.post(f"/nhiem-vu/{task.pk}/giao-xuong/", {"kinds": ["bcd:3"], "title": "Rà soát."})
    assert answer.status_code == 302
    assert task.children.count() == 15
    assert set(task.children.values_list("unit__kind", flat=True)) == {"bcd"}


def test_a_periodic_report(house: House) -> None:
    directive = give(house, period="weekly")
    task = Task.objects.get(directive=directive, area="tracing")
    machine = house.machine()
    account = operations.open_account(username="babe.canbo", display_name="Nông Thị Mẫu", email="", by=machine.author)
    operations.appoint(
        account_id=account.pk, unit_id=task.unit_id, role="unit_staff", since=date(2021, 1, 1), by=machine.author
    )
    client = signed_in(house, "babe.canbo")
    assert "hằng tuần" in client.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert client.get(f"/nhiem-vu/{task.pk}/bao-cao-ky/").status_code == 200
    assert client.post(f"/nhiem-vu/{task.pk}/bao-cao-ky/", {"text": "Tuần này 12 F1."}).status_code == 302
    assert "Báo cáo kỳ 03/12/2021" in client.get(f"/nhiem-vu/{task.pk}/").content.decode()


def test_the_story_tells_why(office: HouseClient, task: Task) -> None:
    part = office.get(f"/nhiem-vu/{task.pk}/dien-bien/", HTTP_HX_REQUEST="true").content.decode()
    assert "Giao nhiệm vụ" in part
    assert "Do: Xác nhận văn bản" in part
    assert "<html" not in part
    assert "<html" in office.get(f"/nhiem-vu/{task.pk}/dien-bien/").content.decode()


def test_queries_stay_few(
    house: House, worker: HouseClient, office: HouseClient, task: Task, django_assert_max_num_queries: object
) -> None:
    work.pass_down(house.desk("babe.bcd"), task_id=task.pk, unit_ids=[house.unit("bcd", "01894").pk])
    work.ask_extension(house.desk("babe.canbo"), task_id=task.pk, until=date(2021, 12, 6), reason="Rộng.")
    work.report_task(house.desk("babe.canbo"), task_id=task.pk, text="Xong.", files=[Upload("ds.txt", b"42")])
    for client in (worker, office, signed_in(house, "babe.bcd")):
        for path in ("/nhiem-vu/", f"/nhiem-vu/{task.pk}/", f"/nhiem-vu/?van_ban={task.directive_id}"):
            with django_assert_max_num_queries(12):  # type: ignore[operator]
                assert client.get(path).status_code == 200
    for client in (office, signed_in(house, "babe.bcd")):
        for path in ("/nhiem-vu/cap-duoi/", f"/nhiem-vu/{task.pk}/giao-xuong/", f"/nhiem-vu/{task.pk}/dien-bien/"):
            with django_assert_max_num_queries(12):  # type: ignore[operator]
                client.get(path)
