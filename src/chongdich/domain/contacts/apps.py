from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "chongdich.domain.contacts"
    label = "contacts"
    verbose_name = "Tiếp xúc"
