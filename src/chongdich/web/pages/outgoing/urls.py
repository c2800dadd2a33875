from django.urls import path

from chongdich.web.pages.outgoing.views import detail, editing, exchange, papers, register, starting

_ONE = "van-ban/<int:directive_id>/di/"

urlpatterns = [
    path("van-ban/di/", register.outgoing, name="outgoing"),
    path("van-ban/di/moi/", starting.start, name="draft_new"),
    path("van-ban/di/trao-doi/", exchange.exchange, name="exchange"),
    path(_ONE, detail.outgoing_detail, name="outgoing_detail"),
    path(f"{_ONE}dien-bien/", detail.story, name="outgoing_story"),
    path(f"{_ONE}lam/<slug:deed>/", detail.act, name="outgoing_act"),
    path(f"{_ONE}phien-ban/<int:order>/", detail.version, name="outgoing_version"),
    path(f"{_ONE}dinh-chinh/", starting.correct, name="outgoing_correct"),
    path(f"{_ONE}trang/<int:number>.png", papers.page_image, name="outgoing_page"),
    path(f"{_ONE}tai/<slug:form>/", papers.download, name="outgoing_file"),
    path("van-ban/<int:directive_id>/soan/", editing.draft, name="draft"),
]
