"""Start Django for the commands that need it."""

import os


def start() -> None:
    """Load the settings and the applications."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")
    import django

    django.setup()
