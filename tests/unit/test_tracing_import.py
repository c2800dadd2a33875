"""Bulk import: Parquet and CSV, numbers and timestamps; a bad row refuses the whole file and says which."""

from datetime import UTC, datetime, timedelta, timezone

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from chongdich.core.errors import Refused
from chongdich.kernels.tracing.importing import import_file, read
from chongdich.kernels.tracing.store import TracingStore

HANOI = timezone(timedelta(hours=7))
EPOCH = datetime(2021, 11, 1, tzinfo=HANOI)
ROWS = {"person": [5, 6], "place": [1, 1], "begins": [100, 200], "ends": [900, 200], "mask": [-1, 1]}


@pytest.fixture
def store(tmp_path):
    return TracingStore.create(tmp_path / "kho")


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_rows_come_in_as_they_are(store, tmp_path, kind):
    path = tmp_path / f"den.{kind}"
    (pq.write_table if kind == "parquet" else pyarrow.csv.write_csv)(pa.table(ROWS), path)
    assert import_file(store, path) == range(0, 2)
    came = store.presences()
    assert came.person.tolist() == [5, 6]
    assert came.end.tolist() == [900, 200]
    assert came.mask.tolist() == [-1, 1]
    assert came.certainty.tolist() == [100, 100]


def test_other_column_names_and_timestamps_with_and_without_a_zone(tmp_path):
    aware = [datetime(2021, 11, 1, 1, 0, 0, tzinfo=UTC), datetime(2021, 11, 2, 0, 0, 0, tzinfo=HANOI)]
    naive = [datetime(2021, 11, 1, 9, 30), datetime(2021, 11, 2, 1, 0)]
    data = {"nguoi": [1, 2], "noi": [3, 3], "vao": pa.array(aware, pa.timestamp("us", "UTC")), "ra": naive}
    path = tmp_path / "quet-ma.parquet"
    pq.write_table(pa.table(data), path)
    (came,) = read(path, {"person": "nguoi", "place": "noi", "begins": "vao", "ends": "ra"}, EPOCH)
    assert came.start.tolist() == [8 * 3600, 86_400]
    assert came.end.tolist() == [9 * 3600 + 1800, 86_400 + 3600]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends": [900, 100]}, "Dòng 2: kết thúc trước khi bắt đầu"),
        ({"person": [5, None]}, "Dòng 2: cột «person» bỏ trống"),
        ({"person": [5, 2**31]}, "ngoài khoảng"),
        ({"place": ["chợ", "chợ"]}, "phải là số nguyên"),
        ({"begins": [datetime(2021, 11, 1)] * 2}, "cần mốc thời gian"),
    ],
)
def test_a_bad_row_refuses_the_whole_file(store, tmp_path, change, words):
    path = tmp_path / "den.parquet"
    pq.write_table(pa.table({**ROWS, **change}), path)
    with pytest.raises(Refused, match=words):
        import_file(store, path)
    assert len(store.presences()) == 0


def test_a_missing_column_and_a_file_that_is_none(store, tmp_path):
    path = tmp_path / "den.csv"
    path.write_text("person,place,begins\n1,2,3\n")
    with pytest.raises(Refused, match="Thiếu cột «ends»"):
        import_file(store, path)
    broken = tmp_path / "den.parquet"
    broken.write_bytes(b"khong phai parquet")
    with pytest.raises(Refused, match="Không đọc được"):
        import_file(store, broken)
    with pytest.raises(Refused, match="Chỉ nhận"):
        import_file(store, tmp_path / "den.xlsx")
