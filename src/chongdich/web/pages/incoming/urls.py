from django.urls import path

from chongdich.web.pages.incoming.views import (
    citations,
    clauses,
    document,
    giving,
    head,
    receive,
    register,
    review,
    scans,
    voiding,
)

_REVIEW = "van-ban/<int:directive_id>/ra-soat/"

urlpatterns = [
    path("van-ban/den/", register.incoming, name="incoming"),
    path("van-ban/den/moi/", receive.receive, name="receive"),
    path("van-ban/den/tep-loi/", register.failed_files, name="failed_files"),
    path("van-ban/den/tep-loi/<int:file_id>/", register.failed_file, name="failed_file"),
    path("van-ban/den/ban-quet/<int:file_id>/", scans.scan, name="scan"),
    path("van-ban/den/ban-quet/<int:file_id>/doc-lai/", scans.scan_again, name="scan_again"),
    path("van-ban/<int:directive_id>/huy-dang-ky/", voiding.void, name="void_directive"),
    path("van-ban/<int:directive_id>/trung/<int:other_id>/<slug:deed>/", voiding.same, name="same_act"),
    path("van-ban/<int:directive_id>/", document.directive, name="directive"),
    path("van-ban/<int:directive_id>/dang-doc/", document.reading, name="directive_reading"),
    path("van-ban/<int:directive_id>/dien-bien/", document.story, name="directive_story"),
    path("van-ban/<int:directive_id>/doc-lai/", document.read_again, name="read_again"),
    path("van-ban/<int:directive_id>/tu-choi/", document.refuse, name="refuse_directive"),
    path("van-ban/<int:directive_id>/tep/<int:file_id>/", document.file, name="directive_file"),
    path("van-ban/<int:directive_id>/vien-dan/", citations.graph, name="citations"),
    path("van-ban/<int:directive_id>/vien-dan/<int:citation_id>/", citations.attach, name="attach_citation"),
    path("van-ban/<int:directive_id>/giao-viec/", giving.give, name="give"),
    path(_REVIEW, review.review, name="review"),
    path(f"{_REVIEW}tim-don-vi/", review.units, name="review_units"),
    path(f"{_REVIEW}them/", clauses.add, name="review_add"),
    path(f"{_REVIEW}dau/<slug:group>/", head.head, name="review_head"),
    path(f"{_REVIEW}<int:clause_id>/", clauses.card, name="review_clause"),
    path(f"{_REVIEW}<int:clause_id>/lam/<slug:action>/", clauses.act, name="review_act"),
    path(f"{_REVIEW}<int:clause_id>/<slug:panel>/", clauses.edit, name="review_panel"),
]
