from django.urls import path

from chongdich.web.pages.styleguide import views

urlpatterns = [path("", views.index, name="styleguide"), path("don/", views.plain, name="styleguide_plain")]
