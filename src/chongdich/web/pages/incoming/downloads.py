"""A kept file on its way out: always to be saved, never shown by the browser as a page of this house."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from chongdich.domain.directives.models import SourceFile
from chongdich.registry import vault


def download(file: SourceFile) -> HttpResponse:
    """The bytes as they came. NotFound when the vault no longer has them whole."""
    response = HttpResponse(vault.fetch(file.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, safe_name(file.name))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def safe_name(name: str) -> str:
    """The last part of a path, without control characters; never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip(" .") or "tep"
