"""The addresses of the house; every page is listed in the rooms' own `urls.py`."""

from django.urls import include, path

urlpatterns = [path("", include("chongdich.web.urls"))]
