"""Settings of the tests: the same house, with a fast hash and a database of its own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("CHONGDICH_VAR", str(Path(tempfile.gettempdir()) / f"chongdich-test-{os.getuid()}"))

from chongdich.config.settings.base import *  # noqa: F403
from chongdich.config.settings.base import DATABASES, VAR

DATABASES["default"].setdefault("TEST", {})
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"]["NAME"] = str(VAR / "test.sqlite3")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
