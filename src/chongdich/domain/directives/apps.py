from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "chongdich.domain.directives"
    label = "directives"
    verbose_name = "Văn bản chỉ đạo và nhiệm vụ"
