"""Ask the cases room."""

from collections.abc import Iterable

from chongdich.core.errors import NotFound
from chongdich.domain.cases.models import Case


def get_case(case_id: int) -> Case:
    """A case with its place, cluster and source."""
    found = Case.objects.select_related("place", "cluster", "source").filter(pk=case_id).first()
    if found is None:
        raise NotFound("Không tìm thấy ca bệnh.")
    return found


def find_active_case(person_id: int, disease: str) -> Case | None:
    """A person's open illness of a disease."""
    return Case.objects.filter(person_id=person_id, disease=disease, outcome="active").first()


def find_last_case(person_id: int, disease: str) -> Case | None:
    """A person's latest illness of a disease, open or closed."""
    return Case.objects.filter(person_id=person_id, disease=disease).order_by("-pk").first()


def find_cases_by_ids(case_ids: Iterable[int]) -> list[Case]:
    """Cases in order of identifier."""
    return list(Case.objects.filter(pk__in=list(case_ids)).order_by("pk"))
