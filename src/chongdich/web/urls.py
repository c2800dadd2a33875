"""Every address of the house, room by room."""

from django.urls import URLPattern, URLResolver, include, path

ROOMS = ("home", "entry")

urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"chongdich.web.pages.{room}.urls")) for room in ROOMS]
