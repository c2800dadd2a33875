from django.urls import path

from chongdich.web.pages.inbox import views

urlpatterns = [
    path("hop-tin/", views.inbox, name="inbox"),
    path("hop-tin/da-doc/", views.mark, name="inbox_mark"),
    path("hop-tin/<int:message_id>/", views.open_message, name="message"),
]
