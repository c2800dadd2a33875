from django.urls import path

from chongdich.web.pages.reports import views

urlpatterns = [
    path("bao-cao/", views.reports, name="reports"),
    path("bao-cao/tai/<slug:form>/", views.download, name="report_file"),
    path("bao-cao/du-thao/", views.to_draft, name="report_draft"),
]
