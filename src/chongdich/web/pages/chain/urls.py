from django.urls import path

from chongdich.web.pages.chain import views

urlpatterns = [
    path("chuoi-lay/", views.chain, name="chain"),
    path("chuoi-lay/bang/", views.table, name="chain_table"),
    path("chuoi-lay/kiem-tra/", views.quality, name="chain_quality"),
    path("chuoi-lay/tep/<str:form>", views.file, name="chain_file"),
]
