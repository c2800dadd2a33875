from django.urls import path

from chongdich.web.pages.people.views import duplicates, entering, finding, log, merges, record

_PAIR = "nguoi/trung/<int:likeness_id>/"

urlpatterns = [
    path("nguoi/", finding.people, name="people"),
    path("nguoi/moi/", entering.new, name="person_new"),
    path("nguoi/moi/the/", entering.from_card, name="person_from_card"),
    path("nguoi/trung/", duplicates.queue, name="duplicates"),
    path(_PAIR, duplicates.compare, name="duplicate"),
    path(f"{_PAIR}mo/", duplicates.open_both, name="duplicate_open"),
    path(f"{_PAIR}khac/", duplicates.distinct, name="duplicate_distinct"),
    path("nguoi/gop/", merges.merges, name="merges"),
    path("nguoi/gop/<int:merge_id>/huy/", merges.undo, name="merge_undo"),
    path("nguoi/nhat-ky/", log.openings, name="openings"),
    path("nguoi/<uuid:uid>/", record.person, name="person"),
    path("nguoi/<uuid:uid>/mo/", record.open_one, name="person_open"),
    path("nguoi/<uuid:uid>/ho-so/", record.record, name="person_record"),
    path("nguoi/<uuid:uid>/sua/", entering.edit, name="person_edit"),
]
