from django.urls import path

from chongdich.web.pages.system import views

urlpatterns = [
    path("he-thong/", views.system, name="system"),
    path("he-thong/viec/", views.settlements, name="settlements"),
    path("he-thong/viec/<int:settlement_id>/chay-lai/", views.revive, name="settlement_revive"),
    path("he-thong/kham/", views.checkup, name="checkup"),
    path("he-thong/so-cai/kiem-tra/", views.verify_ledger, name="ledger_verify"),
]
