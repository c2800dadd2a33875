"""A line list of 50,000 rows from file to cases: `python -m benchmarks.importing [ROWS] [xlsx|csv]`. By hand.

Prints seconds for each part; the list is invented, a tenth of its people are in the registry already. Everything that
follows from the facts (contacts traced, tasks settled) is within the time.

Measured on two busy cores (load 11 to 17): 5,000 rows took 1.0 ms of processor a row, which would be 51 s for 50,000;
by the clock 2.3 ms a row. 50,000 in one go have not been measured since.
"""

import csv
import io
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta


def main() -> None:
    rows, kind = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, sys.argv[2] if len(sys.argv) > 2 else "xlsx"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHONGDICH_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")
        import django

        django.setup()
        _run(rows, kind)


def _run(rows: int, kind: str) -> None:
    from django.core.management import call_command

    from chongdich.application.desk import Desk
    from chongdich.application.journeys import importing
    from chongdich.application.settling import settle_all
    from chongdich.config.first_start import load_lists
    from chongdich.domain.cases.models import Case
    from chongdich.registry.accounts.actor import NOBODY
    from chongdich.universe.province import desk_of, open_posts

    call_command("migrate", verbosity=0)
    load_lists()
    at = datetime(2021, 11, 29, 12, tzinfo=UTC)
    desk = Desk(replace(NOBODY), at, os.urandom)
    open_posts(desk)
    office = desk_of(desk, "cdc.dichte")
    _take(office, importing, _file(rows // 10, "csv", 1), "known.csv", at, settle_all)
    data = _file(rows, kind, 1)
    print(f"{rows} rows, {len(data) / 1e6:.1f} MB {kind}, {Case.objects.count()} cases before")
    _take(office, importing, data, f"list.{kind}", at, settle_all)
    print(f"{Case.objects.count()} cases after")


def _take(office, importing, data, name, at, settle_all) -> None:  # type: ignore[no-untyped-def]
    start, cpu = time.perf_counter(), time.process_time()
    found = importing.receive_list(office, name=name, data=data)
    settle_all(worker="bench", clock=lambda: at, entropy=os.urandom)
    found.refresh_from_db()
    read = time.perf_counter()
    importing.start_import(office, import_id=found.pk, mapping=found.mapping)
    settle_all(worker="bench", clock=lambda: at, entropy=os.urandom)
    found.refresh_from_db()
    done = time.perf_counter()
    print(
        f"{name}: read and staged {read - start:.1f} s, taken in {done - read:.1f} s, "
        f"processor {time.process_time() - cpu:.1f} s, {found.state} {found.counts}"
    )


def _file(rows: int, kind: str, seed: int) -> bytes:
    from benchmarks.people.generate import people

    chance = random.Random(seed)
    lines = [["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Điện thoại", "Thôn", "Xã", "Huyện", "Tỉnh",
              "Ngày khởi phát", "Ngày lấy mẫu", "Triệu chứng", "Nơi điều trị"]]  # fmt: skip
    for number, one in enumerate(people(rows, [1], seed=seed), start=1):
        facets, onset = one.facets, date(2021, 11, 28) - timedelta(days=chance.randrange(60))
        lines.append([
            str(number), facets.name, f"{facets.birth_date:%d/%m/%Y}", _sex(facets.sex), facets.cccd,
            "".join(facets.phones).replace("+84", "0"), facets.hamlet, "Phúc Lộc", "Ba Bể", "Bắc Kạn",
            f"{onset:%d/%m/%Y}", f"{onset:%d/%m/%Y}", "sốt, ho", "Bệnh viện đa khoa tỉnh",
        ])  # fmt: skip
    return _workbook(lines) if kind == "xlsx" else _text(lines)


def _sex(letter: str) -> str:
    return "Nam" if letter == "m" else "Nữ"


def _text(lines: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def _workbook(lines: list[list[str]]) -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"constant_memory": True})
    sheet = book.add_worksheet()
    for at, line in enumerate(lines):
        sheet.write_row(at, 0, line)
    book.close()
    return data.getvalue()


if __name__ == "__main__":
    main()
