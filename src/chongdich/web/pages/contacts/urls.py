from django.urls import path

from chongdich.web.pages.contacts.views import elsewhere, one, places, working

_ONE = "tiep-xuc/<int:contact_id>/"

urlpatterns = [
    path("tiep-xuc/", working.contacts, name="contacts"),
    path("tiep-xuc/phan-cong/", working.assign, name="contacts_assign"),
    path("tiep-xuc/het-han/", working.release, name="contacts_release"),
    path("tiep-xuc/noi-co-mat/", places.venues, name="venues"),
    path("tiep-xuc/noi-co-mat/<int:venue_id>/", places.venue, name="venue"),
    path("tiep-xuc/co-mat/moi/", places.new, name="presences_new"),
    path("tiep-xuc/co-mat/tep/", places.file, name="presences_file"),
    path("tiep-xuc/noi-khac/", elsewhere.elsewhere, name="contacts_elsewhere"),
    path("tiep-xuc/noi-khac/chuyen/", elsewhere.refer, name="contacts_refer"),
    path("tiep-xuc/chi-so/", elsewhere.figures, name="contacts_figures"),
    path("tiep-xuc/thong-bao/", elsewhere.notice, name="contacts_notice"),
    path(_ONE, one.contact, name="contact"),
    path(f"{_ONE}lien-he/", working.call, name="contact_call"),
    path(f"{_ONE}trang-thai/", working.move, name="contact_move"),
    path(f"{_ONE}mo/", working.open_phone, name="contact_open"),
    path("ca-benh/<int:case_id>/tiep-xuc/", one.of_case, name="case_contacts"),
    path("ca-benh/<int:case_id>/nguon-lay/", one.sources, name="case_sources"),
    path("ca-benh/<int:case_id>/he-qua/", one.followed, name="case_followed"),
    path("ca-benh/<int:case_id>/truy-vet-lai/", one.trace, name="case_trace"),
]
