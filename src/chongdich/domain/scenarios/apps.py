from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    name = "chongdich.domain.scenarios"
    label = "scenarios"
    verbose_name = "Kịch bản"
