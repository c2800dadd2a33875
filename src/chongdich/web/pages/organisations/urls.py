from django.urls import path

from chongdich.web.pages.organisations import views

urlpatterns = [
    path("don-vi/", views.organisations, name="organisations"),
    path("don-vi/thu/", views.resolver, name="resolver"),
    path("don-vi/<int:organisation_id>/", views.organisation, name="organisation"),
]
