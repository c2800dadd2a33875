from django.apps import AppConfig


class ApplicationConfig(AppConfig):
    name = "chongdich.application"
    label = "application"
