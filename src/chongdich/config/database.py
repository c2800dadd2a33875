"""From one address to Django's database settings, safe on both back ends."""

from pathlib import Path
from typing import Any

import dj_database_url

from chongdich.config import sqlite


def database_from(address: str) -> dict[str, Any]:
    """`sqlite:///path` or `postgresql://…` as an entry of DATABASES."""
    settings: dict[str, Any] = dict(dj_database_url.parse(address))
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {**sqlite.OPTIONS, **settings.get("OPTIONS", {})}
        Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    elif settings["ENGINE"].endswith("postgresql"):
        settings["CONN_MAX_AGE"] = 300
        settings["CONN_HEALTH_CHECKS"] = True
        settings.setdefault("OPTIONS", {}).setdefault("options", "-c statement_timeout=60000")
    else:
        raise ValueError("DATABASE_URL phải bắt đầu bằng sqlite:/// hoặc postgresql://")
    return settings
