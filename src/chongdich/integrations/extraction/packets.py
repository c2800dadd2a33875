"""edXML packets (QCVN 102:2016): the text is that of the main document attached to the packet."""

from dataclasses import replace
from importlib import import_module
from typing import Any

from .model import Extracted, Limits, refuse


def read_packet(data: bytes, filename: str, limits: Limits) -> Extracted:
    """Open the packet and read its first attachment."""
    try:
        edxml = import_module("chongdich.integrations.edxml")
        read = edxml.read
    except (ImportError, AttributeError) as error:
        raise refuse("Chưa đọc được gói edXML trên bản cài đặt này.", filename) from error
    attachments = _attachments(read(data))
    if not attachments:
        raise refuse("Gói edXML không có tệp văn bản kèm theo.", filename)
    name, content = attachments[0]
    from . import extract

    inner = extract(content, f"{filename} › {name}", limits=replace(limits, isolated=False))
    return replace(inner, format="edxml", notes=(f"gói edXML, văn bản chính: {name}", *inner.notes))


def _attachments(packet: Any) -> list[tuple[str, bytes]]:
    return [(str(a.name), bytes(a.content)) for a in packet.attachments]
