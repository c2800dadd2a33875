"""Who I am, and reading a document without registering it."""

from typing import Any

from ninja import File, Router, UploadedFile

from chongdich.application.journeys.reading_only import read_file, read_text
from chongdich.registry.accounts.roles import ROLES
from chongdich.web.access import Request
from chongdich.web.api import shapes
from chongdich.web.api.answers import answers, needs
from chongdich.web.api.directives import upload_of

router = Router(tags=["Chung"])


@router.get("/me", response=answers(shapes.MeOut), url_name="api_me")
def me(request: Request) -> Any:
    """Whose key or session this is, and what it may do today."""
    account, desk = request.user, request.desk
    posts = [
        {"role": row.role, "role_label": ROLES[row.role].label, "unit": row.unit_id, "unit_name": row.unit.name}
        for row in request.appointments
    ]
    return {
        "id": account.pk, "username": account.username, "display_name": account.display_name, "posts": posts,
        "permissions": sorted(desk.actor.permissions()), "today": desk.today,
    }  # fmt: skip


@router.post("/read", response=answers(dict[str, Any]), url_name="api_read")
@needs("directives.read")
def read(request: Request, document: shapes.ReadIn) -> Any:
    """What the reader finds in a text. Nothing is registered or kept."""
    return read_text(request.desk, text=document.text)


@router.post("/read/file", response=answers(dict[str, Any]), url_name="api_read_file")
@needs("directives.read")
def read_a_file(request: Request, file: UploadedFile = File(...)) -> Any:  # noqa: B008
    """What the reader finds in a file. Nothing is registered or kept."""
    return read_file(request.desk, upload=upload_of(file))
