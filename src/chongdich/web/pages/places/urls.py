from django.urls import path

from chongdich.web.pages.places import views

urlpatterns = [
    path("dia-ban/", views.places, name="places"),
    path("dia-ban/danh-sach/", views.places_list, name="places_list"),
    path("dia-ban/tra-cuu/", views.lookup, name="place_lookup"),
    path("dia-ban/<str:key>/", views.place, name="place"),
]
