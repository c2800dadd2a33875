"""The last application to load: wires what the lower layers leave open, and refuses to start on weak settings."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class HouseConfig(AppConfig):
    name = "chongdich.config"
    label = "house"

    def ready(self) -> None:
        from chongdich.config import guard, wiring

        connection_created.connect(guard.check_connection, dispatch_uid="guard")
        wiring.wire()
