"""What `chongdich doctor` looks at: each check says what it found and, when something is wrong, what to do."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from chongdich.config import guard

LEAST_FREE_BYTES = 2 * 1024**3
WORKER_SILENT = timedelta(minutes=2)


@dataclass(frozen=True)
class Finding:
    """One check's answer. `remedy` is empty when all is well."""

    name: str
    found: str
    remedy: str = ""

    @property
    def good(self) -> bool:
        return not self.remedy


def check_python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", found, "" if sys.version_info >= (3, 11) else "Cài Python 3.11 trở lên.")


def check_database() -> Finding:
    connection.ensure_connection()
    weak = guard.connection_weaknesses(connection)
    if connection.vendor == "sqlite":
        version = connection.connection.execute("select sqlite_version()").fetchone()[0]
        return Finding("Cơ sở dữ liệu", f"SQLite {version}", "; ".join(weak))
    return Finding("Cơ sở dữ liệu", f"PostgreSQL {connection.connection.info.server_version // 10000}", "; ".join(weak))


def check_migrations() -> Finding:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Finding("Cấu trúc bảng", f"{waiting} bước chưa chạy", "Chạy: chongdich setup --empty" if waiting else "")


def check_integrity() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("Tệp dữ liệu", "PostgreSQL tự kiểm tra")
    with connection.cursor() as cursor:
        answer = cursor.execute("PRAGMA quick_check").fetchone()[0]
    return Finding("Tệp dữ liệu", answer, "" if answer == "ok" else "Dừng máy chủ, khôi phục từ bản sao lưu gần nhất.")


def check_ledger() -> Finding:
    from chongdich.registry.ledger.queries import find_ledger_breaks, get_head

    breaks = list(find_ledger_breaks())
    seq, digest = get_head()
    kept = f"{seq} dòng; ghi mắt xích cuối {seq}:{digest} ở nơi khác, lần sau kiểm: chongdich ledger verify --head"
    found = kept if not breaks else f"{len(breaks)} chỗ sai, đầu tiên ở dòng {breaks[0].seq}"
    return Finding("Sổ cái", found, "Chạy: chongdich ledger verify, báo người phụ trách an toàn." if breaks else "")


def check_worker() -> Finding:
    from chongdich.registry.ledger.models import Heartbeat

    row = Heartbeat.objects.filter(name="worker").first()
    if row is None:
        return Finding("Việc nền", "chưa chạy lần nào", "Chạy: chongdich serve (hoặc chongdich work).")
    silent = datetime.now(UTC) + settings.CLOCK_OFFSET - row.at
    remedy = "Khởi động lại: chongdich serve (hoặc chongdich work)." if silent > WORKER_SILENT else ""
    return Finding("Việc nền", f"hoạt động {int(silent.total_seconds())} giây trước", remedy)


def check_dead_letters() -> Finding:
    from chongdich.registry.ledger.queries import count_dead

    dead = count_dead()
    return Finding("Việc dừng vì lỗi", str(dead), "Xem trang Tình trạng hệ thống, sửa rồi chạy lại." if dead else "")


def check_tracing() -> Finding:
    """The store of presences against the tables; its files' check sums are looked at once a day by the clock."""
    from chongdich.application.tracing.rebuilding import look

    found, problem = look()
    return Finding("Kho truy vết", problem or found, "Chạy: chongdich presences rebuild" if problem else "")


def check_disk() -> Finding:
    free = shutil.disk_usage(settings.VAR if Path(settings.VAR).exists() else ".").free
    remedy = "" if free > LEAST_FREE_BYTES else "Dọn đĩa hoặc chuyển thư mục var sang đĩa rộng hơn."
    return Finding("Đĩa trống", f"{free / 1024**3:.1f} GB", remedy)


def check_secret() -> Finding:
    path = Path(settings.VAR) / "secret_key"
    if not path.exists():
        return Finding("Khóa bí mật", "từ biến môi trường")
    mode = path.stat().st_mode & 0o777
    return Finding("Khóa bí mật", f"quyền {mode:o}", "" if mode == 0o600 else f"Chạy: chmod 600 {path}")


def check_clock() -> Finding:
    """A clock that stands before the last entry of the ledger makes deadlines wrong."""
    from chongdich.registry.ledger.models import Entry

    last = Entry.objects.order_by("-seq").values_list("recorded_at", flat=True).first()
    now = datetime.now(UTC) + settings.CLOCK_OFFSET
    late = last is not None and last > now + timedelta(minutes=1)
    note = " (giờ trình diễn)" if settings.CLOCK_OFFSET else ""
    return Finding("Đồng hồ", f"{now:%H:%M %d/%m/%Y} UTC{note}",
                   "Đồng hồ máy chủ chạy lùi so với sổ cái; chỉnh lại giờ (NTP)." if late else "")  # fmt: skip


def check_assets() -> Finding:
    built = (settings.PACKAGE / "web" / "static" / "built" / "kit.css").exists()
    return Finding("Giao diện", "đã dựng" if built else "chưa dựng", "" if built else "Chạy: make run (npm run build).")


def check_fonts() -> Finding:
    from chongdich.integrations.typesetting import fonts

    try:
        fonts.font_files()
    except Exception as error:
        return Finding("Phông chữ văn bản", "không tìm thấy", str(error))
    return Finding("Phông chữ văn bản", "có")


def check_ocr() -> Finding:
    """Optional: without it scans are refused with a clear word, everything else works."""
    try:
        import tesserocr
    except ImportError:
        return Finding("Đọc bản quét (OCR)", "chưa cài (không bắt buộc): pip install chongdich[ocr]")
    return Finding("Đọc bản quét (OCR)", f"Tesseract {tesserocr.tesseract_version().split()[1]}")


CHECKS: tuple[Callable[[], Finding], ...] = (
    check_python, check_database, check_migrations, check_integrity, check_ledger, check_worker, check_dead_letters,
    check_tracing, check_disk, check_secret, check_clock, check_assets, check_fonts, check_ocr,
)  # fmt: skip


def examine() -> Iterator[Finding]:
    """Every check; one that itself fails is a finding, not a crash."""
    for check in CHECKS:
        try:
            yield check()
        except Exception as error:
            yield Finding(check.__name__.removeprefix("check_"), f"{type(error).__name__}: {error}",
                          "Không kiểm tra được; chạy chongdich setup rồi thử lại.")  # fmt: skip
