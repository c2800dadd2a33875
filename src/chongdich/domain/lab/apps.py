from django.apps import AppConfig


class LabConfig(AppConfig):
    name = "chongdich.domain.lab"
    label = "lab"
    verbose_name = "Xét nghiệm"
