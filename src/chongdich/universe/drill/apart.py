"""A drill stands apart from real data: its own folder, its own database, no mail, no partners. Checked before anything.

Every refusal says in Vietnamese what is wrong and how to mend it.
"""

import json
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from chongdich.core.errors import Refused
from chongdich.universe.drill.options import Options

MARK = "drill.json"
DATABASE = "chongdich.sqlite3"


def usual_folder(environment: Mapping[str, str]) -> Path:
    """Beside the real folder, never in it."""
    real = Path(environment.get("CHONGDICH_VAR", "var")).resolve()
    return real if (real / MARK).exists() else real.with_name(f"{real.name}-dien-tap")


def check_apart(folder: Path, database: str, environment: Mapping[str, str]) -> None:
    """Refuse a drill that would touch real data."""
    real = Path(environment.get("CHONGDICH_VAR", "var")).resolve()
    marked = (folder / MARK).exists()
    if folder == real and not marked:
        raise Refused(
            f"Thư mục {folder} là nơi dữ liệu thật (CHONGDICH_VAR). Diễn tập cần thư mục riêng: dùng --folder.",
            "folder", "real_data",
        )  # fmt: skip
    if not marked and folder.exists() and any(folder.iterdir()):
        raise Refused(
            f"Thư mục {folder} đã có dữ liệu và không mang dấu diễn tập ({MARK}); không diễn tập trên dữ liệu thật. "
            "Hãy chọn một thư mục mới bằng --folder.", "folder", "real_data",
        )  # fmt: skip
    given = environment.get("DATABASE_URL", "")
    if given and not marked and (not database or database == given):
        raise Refused(
            "Biến DATABASE_URL đang trỏ đến cơ sở dữ liệu của hệ thống thật. Diễn tập cần cơ sở dữ liệu riêng: "
            "bỏ biến này, hoặc nêu cơ sở dữ liệu khác bằng --database.", "database", "real_data",
        )  # fmt: skip


def enter(folder: Path, database: str, environment: MutableMapping[str, str]) -> None:
    """Point the process at the drill's house: its database, its files, its outbox; no real mail, no real partner."""
    environment["CHONGDICH_VAR"] = str(folder)
    environment["DATABASE_URL"] = database or f"sqlite:///{folder / DATABASE}"
    environment["CHONGDICH_EXCHANGE"] = str(folder / "exchange")
    environment["CHONGDICH_EMAIL_BACKEND"] = "django.core.mail.backends.filebased.EmailBackend"


def read_mark(folder: Path) -> tuple[Options, str] | None:
    """The options and the database address of the drill that a folder holds."""
    path = folder / MARK
    if not path.exists():
        return None
    kept = json.loads(path.read_text("utf-8"))
    return Options.of_json(kept["options"]), str(kept["database"])


def write_mark(folder: Path, options: Options, database: str) -> None:
    """Make the folder a drill's."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"options": options.as_json(), "database": database}, ensure_ascii=False, indent=1)
    beside = folder / f"{MARK}.new"
    beside.write_text(text, "utf-8")
    beside.replace(folder / MARK)
