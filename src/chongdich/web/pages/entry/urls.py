from django.urls import path

from chongdich.web.pages.entry import views

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("xac-thuc/", views.second_factor, name="second_factor"),
    path("xac-thuc/bat/", views.second_factor_setup, name="second_factor_setup"),
    path("loi-moi/<str:token>/", views.invitation, name="invitation"),
    path("ngon-ngu/", views.set_language, name="set_language"),
    path("doi-don-vi/", views.switch_unit, name="switch_unit"),
]
