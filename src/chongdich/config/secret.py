"""The key that signs sessions: from the environment, else made once and kept beside the database."""

import os
import secrets
from pathlib import Path


def secret_key(var: Path) -> str:
    """`CHONGDICH_SECRET_KEY`, or the content of `var/secret_key`, created with mode 600 when absent."""
    given = os.environ.get("CHONGDICH_SECRET_KEY")
    if given:
        return given
    path = var / "secret_key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
        except FileExistsError:  # another process was first
            pass
    return path.read_text().strip()
