from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "chongdich.registry.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nhân khẩu"

    def ready(self) -> None:
        from chongdich.registry.people import search_index

        post_migrate.connect(search_index.install, dispatch_uid="people-search")
