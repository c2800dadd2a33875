from django.urls import path

from chongdich.web.pages.search import views

urlpatterns = [path("tim/", views.search, name="search")]
