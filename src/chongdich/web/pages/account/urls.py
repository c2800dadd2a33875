from django.urls import path

from chongdich.web.pages.account import views

urlpatterns = [
    path("toi/", views.account, name="account"),
    path("toi/mat-khau/", views.password, name="account_password"),
    path("toi/xac-thuc/", views.change_phone, name="account_change_phone"),
    path("toi/khoa/", views.make_token, name="account_token"),
    path("toi/khoa/<int:token_id>/thu-hoi/", views.revoke_token, name="account_token_revoke"),
]
