"""Every address of the house, room by room."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "home",
    "entry",
    "tasks",
    "search",
    "inbox",
    "incoming",
    "accounts",
    "account",
    "law",
    "system",
    "outgoing",
    "reports",
    "places",
    "organisations",
    "people",
    "cases",
    "scenarios",
    "chain",
    "contacts",
)

urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"chongdich.web.pages.{room}.urls")) for room in ROOMS]
urlpatterns += [path("", include("chongdich.web.api.v1"))]

if settings.DEBUG:
    urlpatterns += [path("mau-giao-dien/", include("chongdich.web.pages.styleguide.urls"))]
