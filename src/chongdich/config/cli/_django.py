"""Start Django for the commands that need it."""

import os


def start() -> None:
    """Load the settings and the applications."""
    os.umask(0o077)  # what the house writes is for its own account alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")
    import django

    django.setup()
