from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "chongdich.registry.inbox"
    label = "inbox"
    verbose_name = "Hộp tin"
