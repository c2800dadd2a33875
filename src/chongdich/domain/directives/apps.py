from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectivesConfig(AppConfig):
    name = "chongdich.domain.directives"
    label = "directives"
    verbose_name = "Văn bản chỉ đạo và nhiệm vụ"

    def ready(self) -> None:
        from chongdich.domain.directives import searching

        # SQLite loses triggers when a migration makes a table anew.
        post_migrate.connect(searching.install, sender=self, dispatch_uid="word-search")
