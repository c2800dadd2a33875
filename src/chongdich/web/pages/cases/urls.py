from django.urls import path

from chongdich.web.pages.cases.views import case, closing, deciding, entering, interviews, listing, lists, running

_CASE = "ca-benh/<int:case_id>/"
_LIST = "ca-benh/danh-sach-nhap/<int:import_id>/"

urlpatterns = [
    path("ca-benh/", listing.cases, name="cases"),
    path("ca-benh/tai-nha/", listing.home_treated, name="home_treated"),
    path("ca-benh/moi/", entering.new, name="case_new"),
    path("ca-benh/moi/nguoi/", entering.people, name="case_people"),
    path("ca-benh/danh-sach-nhap/", lists.imports, name="imports"),
    path("ca-benh/danh-sach-nhap/moi/", lists.new, name="import_new"),
    path(_LIST, lists.one, name="import"),
    path(f"{_LIST}bat-dau/", running.start, name="import_start"),
    path(f"{_LIST}tien-do/", running.progress, name="import_progress"),
    path(f"{_LIST}dung/", running.pause, name="import_pause"),
    path(f"{_LIST}tiep/", running.resume, name="import_resume"),
    path(f"{_LIST}hoan-tac/", running.undo, name="import_undo"),
    path(f"{_LIST}ket-qua.<str:form>", running.result, name="import_result"),
    path("ca-benh/danh-sach-nhap/dong/<int:row_id>/", deciding.decide, name="import_row"),
    path(_CASE, case.case, name="case"),
    path(f"{_CASE}sua/", case.edit, name="case_edit"),
    path(f"{_CASE}theo-doi/", case.visit, name="case_visit"),
    path(f"{_CASE}khoi/", closing.recover, name="case_recover"),
    path(f"{_CASE}ket-thuc/", closing.end, name="case_end"),
    path(f"{_CASE}mo-lai/", closing.again, name="case_reopen"),
    path(f"{_CASE}giay-xac-nhan.<str:form>", closing.certificate, name="case_certificate"),
    path(f"{_CASE}dieu-tra/", interviews.interview, name="case_interview"),
]
