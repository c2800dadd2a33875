from django.urls import path

from chongdich.web.pages.law import views

urlpatterns = [
    path("quy-dinh/", views.law, name="law"),
    path("quy-dinh/thay-doi/", views.law_changes, name="law_changes"),
    path("quy-dinh/bang/<path:name>/", views.law_table, name="law_table"),
]
