"""A copy of the database and the vault that is whole, made while the house works."""

import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection

from chongdich.registry.ledger.queries import get_head


def back_up(folder: Path) -> tuple[int, int]:
    """Copy into `folder`: (bytes of the database, number of vault files). The ledger's head is written last."""
    if connection.vendor != "sqlite":
        raise ValueError("Sao lưu PostgreSQL bằng pg_basebackup hoặc pg_dump; xem docs/how-to/backup.md.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "chongdich.sqlite3"
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    connection.ensure_connection()
    copy = sqlite3.connect(draft)
    with copy:
        connection.connection.backup(copy)
    healthy = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    copy.close()
    if not healthy:
        raise ValueError("Bản sao không toàn vẹn; giữ nguyên bản sao lưu trước.")
    draft.replace(target)
    files = _copy_new_files(Path(settings.VAR) / "files", folder / "files")
    (folder / "head").write_text("{}:{}".format(*get_head()))
    return target.stat().st_size, files


def _copy_new_files(vault: Path, target: Path) -> int:
    count = 0
    for path in vault.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            kept = target / path.relative_to(vault)
            count += 1
            if not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, kept)
    return count
