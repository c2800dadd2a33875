from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "chongdich.web"
    label = "web"
