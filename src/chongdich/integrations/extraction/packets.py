"""edXML packets (QCVN 102:2016): the text is that of the main document, the first file attached to the packet."""

from dataclasses import replace
from importlib import import_module

from chongdich.core.errors import Refused

from .model import Extracted, Limits, refuse


def read_packet(data: bytes, filename: str, limits: Limits) -> Extracted:
    """Open the packet and read its first file; a packet that only reports a status has none."""
    edxml = import_module("chongdich.integrations.edxml")
    try:
        packet = edxml.read(data, filename)
    except Refused as no:
        raise Refused(no.message, no.where if filename in no.where else f"{filename}, {no.where}", no.code) from no
    attachments = getattr(packet, "attachments", ())
    if not attachments:
        raise refuse("Gói edXML không có tệp văn bản kèm theo.", filename)
    main = attachments[0]
    from . import extract

    inner = extract(main.content, f"{filename}, tệp {main.name}", limits=limits.unisolated())
    others = f"; còn {len(attachments) - 1} tệp kèm theo" if len(attachments) > 1 else ""
    return replace(inner, format="edxml", notes=(f"gói edXML, văn bản chính: {main.name}{others}", *inner.notes))
