"""The application of local rules."""

from django.apps import AppConfig


class LocalLawConfig(AppConfig):
    name = "chongdich.registry.local_law"
    label = "local_law"
