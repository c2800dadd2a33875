from django.urls import path

from chongdich.web.pages.home import views

urlpatterns = [path("", views.home, name="home")]
