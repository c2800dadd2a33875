"""Ask the laboratory room."""

from datetime import datetime

from chongdich.domain.lab.models import Result


def find_results(person_id: int, until: datetime | None = None) -> list[Result]:
    """A person's results that stand, oldest sample first."""
    rows = Result.objects.filter(sample__person_id=person_id, superseded_by=None).select_related("sample")
    if until is not None:
        rows = rows.filter(resulted_at__lte=until)
    return list(rows.order_by("sample__taken_at", "pk"))
