from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "chongdich.registry.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nhân khẩu"
