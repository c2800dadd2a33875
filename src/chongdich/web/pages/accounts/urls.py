from django.urls import path

from chongdich.web.pages.accounts import views

urlpatterns = [
    path("tai-khoan/", views.accounts, name="accounts"),
    path("tai-khoan/moi/", views.open_account, name="account_open"),
    path("tai-khoan/<int:account_id>/", views.account, name="account_detail"),
    path("tai-khoan/<int:account_id>/vai-tro/", views.appoint, name="account_appoint"),
    path("tai-khoan/<int:account_id>/vai-tro/<int:appointment_id>/thu-hoi/", views.withdraw, name="account_withdraw"),
    path("tai-khoan/<int:account_id>/lien-ket/", views.invite, name="account_invite"),
    path("tai-khoan/<int:account_id>/<slug:deed>/", views.act, name="account_act"),
]
