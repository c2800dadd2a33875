from django.urls import path

from chongdich.web.pages.law import local, views

urlpatterns = [
    path("quy-dinh/", views.law, name="law"),
    path("quy-dinh/thay-doi/", views.law_changes, name="law_changes"),
    path("quy-dinh/cua-tinh/", local.local_rules, name="local_rules"),
    path("quy-dinh/cua-tinh/moi/", local.local_rule_new, name="local_rule_new"),
    path("quy-dinh/cua-tinh/<int:rule_id>/bo/", local.local_rule_withdraw, name="local_rule_withdraw"),
    path("quy-dinh/bang/<path:name>/", views.law_table, name="law_table"),
]
