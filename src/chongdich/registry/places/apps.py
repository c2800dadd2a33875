from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "chongdich.registry.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
