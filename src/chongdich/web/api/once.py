"""`Idempotency-Key`: the same key with the same request gets the same answer; with another request, a conflict."""

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from chongdich.core.errors import Refused
from chongdich.registry.accounts.tokens import Turn, give_up_turn, keep_answer, take_turn

HEADER = "Idempotency-Key"
LONGEST = 200
JSON = "application/json; charset=utf-8"

Work = Callable[[], HttpResponse]


def once(request: HttpRequest, work: Work, *, slow: bool) -> HttpResponse:
    """Do the work once for a key.

    Usually the answer and the work are one transaction, so that neither stands without the other. Slow work (reading
    a scan) must not hold the database that long: it keeps its turn for ten minutes and then answers.
    """
    key = request.headers[HEADER]
    if len(key) > LONGEST:
        raise Refused(f"Idempotency-Key dài quá {LONGEST} ký tự.", HEADER)
    return _slowly(request, work) if slow else _at_once(request, work)


def _turn(request: HttpRequest) -> Turn:
    desk, account = request.desk, int(request.user.pk or 0)  # type: ignore[attr-defined]
    key = request.headers[HEADER]
    return take_turn(account_id=account, key=key, fingerprint=fingerprint(request), at=desk.at)


@transaction.atomic
def _at_once(request: HttpRequest, work: Work) -> HttpResponse:
    turn = _turn(request)
    if turn.answer:
        return _again(turn.answer)
    response = work()
    if response.status_code >= 400:  # nothing was done: the key stays free for a corrected request
        give_up_turn(row=turn.row)
        return response
    keep_answer(row=turn.row, status=response.status_code, body=response.content.decode())
    return response


def _slowly(request: HttpRequest, work: Work) -> HttpResponse:
    turn = _turn(request)
    if turn.answer:
        return _again(turn.answer)
    try:
        response = work()
    except Exception:
        give_up_turn(row=turn.row)
        raise
    if response.status_code >= 400:
        give_up_turn(row=turn.row)
        return response
    keep_answer(row=turn.row, status=response.status_code, body=response.content.decode())
    return response


def _again(answer: tuple[int, str]) -> HttpResponse:
    status, body = answer
    return HttpResponse(body, status=status, content_type=JSON, headers={"Idempotent-Replayed": "true"})


def fingerprint(request: HttpRequest) -> str:
    """What was asked. Of a form its fields and files: the boundary between them differs from call to call."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        digest.update(repr(sorted(request.POST.lists())).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest.update(f"\n{name} {file.name} {hashlib.sha256(file.read()).hexdigest()}".encode())
                file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()
