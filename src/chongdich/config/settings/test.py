"""Settings of the tests: the same house, with a fast hash and a database of its own for each run of the tests."""

import atexit
import os
import shutil
import tempfile

if "CHONGDICH_TEST_RUN" not in os.environ:  # the first process of a run; its workers inherit what it sets
    os.environ["CHONGDICH_TEST_RUN"] = str(os.getpid())
    os.environ["CHONGDICH_VAR"] = tempfile.mkdtemp(prefix="chongdich-test-")
    atexit.register(shutil.rmtree, os.environ["CHONGDICH_VAR"], ignore_errors=True)

from chongdich.config.settings.base import *  # noqa: F403
from chongdich.config.settings.base import DATABASES, VAR

DATABASES["default"]["TEST"] = (
    {"NAME": str(VAR / "test.sqlite3")}
    if "sqlite" in DATABASES["default"]["ENGINE"]
    else {"NAME": f"test_chongdich_{os.environ['CHONGDICH_TEST_RUN']}"}
)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
