from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class LedgerConfig(AppConfig):
    name = "chongdich.registry.ledger"
    label = "ledger"
    verbose_name = "Sổ cái"

    def ready(self) -> None:
        from chongdich.registry.ledger import history, protection

        post_migrate.connect(protection.protect, sender=self, dispatch_uid="ledger-protection")
        pre_migrate.connect(history.lift, sender=self, dispatch_uid="history-lifted")
        # Once a migration run, not once an application: all tables stand when the first signal comes.
        post_migrate.connect(history.install, sender=self, dispatch_uid="history")
