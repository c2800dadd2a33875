"""Plug the real things into the ports, and the flow into the ledger. Heavy parts load on first use."""

from dataclasses import replace
from typing import Any

from chongdich.application import flow
from chongdich.application.ports import ports
from chongdich.config import exchange
from chongdich.registry.ledger.operations import router


def wire() -> None:
    """Called once, when the applications are loaded."""
    router.journeys_of = flow.journeys_of
    ports.extract = _extract
    ports.render_pdf = _render_pdf
    ports.render_docx = _render_docx
    ports.render_xlsx = _render_xlsx
    ports.render_png = _render_png
    ports.send_mail = _send_mail
    ports.examine = _examine
    ports.tracing_folder = _tracing_folder
    exchange.wire(ports)


def _extract(data: bytes, filename: str, *, ocr: bool = True) -> Any:
    from chongdich.integrations.extraction import DEFAULT, extract

    return extract(data, filename, limits=replace(DEFAULT, ocr=ocr))


def _render_pdf(document: Any) -> bytes:
    from chongdich.integrations.typesetting import render_pdf

    return render_pdf(document)


def _render_docx(document: Any) -> bytes:
    from chongdich.integrations.typesetting import render_docx

    return render_docx(document)


def _render_xlsx(*args: Any, **kwargs: Any) -> bytes:
    from chongdich.integrations.typesetting import render_xlsx

    return render_xlsx(*args, **kwargs)


def _render_png(svg: str, width: float, height: float) -> bytes:
    from chongdich.integrations.typesetting import render_png

    return render_png(svg, width, height)


def _tracing_folder() -> Any:
    from django.conf import settings

    return settings.VAR / "tracing"


def _examine() -> Any:
    from chongdich.config.checkup import examine

    return examine()


def _send_mail(to: str, subject: str, body: str) -> None:
    from django.conf import settings
    from django.core.mail import send_mail

    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [to])
