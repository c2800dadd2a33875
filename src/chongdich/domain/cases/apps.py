from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "chongdich.domain.cases"
    label = "cases"
    verbose_name = "Ca bệnh"
