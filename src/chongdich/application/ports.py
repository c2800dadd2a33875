"""What the application needs from outside. `config/wiring.py` plugs the real things in; tests plug in their own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


class TextExtractor(Protocol):
    """From an uploaded file to text; raises Refused naming file and place.

    Without `ocr` a file whose letters are in pictures is refused with the code "ocr_later": that takes long.
    """

    def __call__(self, data: bytes, filename: str, *, ocr: bool = True) -> Any: ...


class Postman(Protocol):
    """Sends one message; raises when it cannot."""

    def __call__(self, to: str, subject: str, body: str) -> None: ...


def _not_wired(name: str) -> Callable[..., Any]:
    def missing(*_: Any, **__: Any) -> Any:
        raise RuntimeError(f"the port “{name}” is not wired: see config/wiring.py")

    return missing


@dataclass
class Ports:
    """One instance, `ports`; each field is a callable."""

    extract: Callable[..., Any] = field(default=_not_wired("extract"))
    send_mail: Callable[..., None] = field(default=_not_wired("send_mail"))
    examine: Callable[[], Any] = field(default=lambda: ())  # what `doctor` finds: name, found, remedy, good
    render_pdf: Callable[..., bytes] = field(default=_not_wired("render_pdf"))
    render_docx: Callable[..., bytes] = field(default=_not_wired("render_docx"))
    render_xlsx: Callable[..., bytes] = field(default=_not_wired("render_xlsx"))
    render_png: Callable[..., bytes] = field(default=_not_wired("render_png"))  # SVG, width, height
    tracing_folder: Callable[[], Path] = field(default=_not_wired("tracing_folder"))  # where presences are kept
    # The exchange with other instances; types in packets.py. Without one everything stays inside the house.
    partner_of: Callable[..., Any] = field(default=lambda unit: None)  # the instance where a unit works, if elsewhere
    send_packet: Callable[..., str] = field(default=_not_wired("send_packet"))  # Sending -> document id
    write_packet: Callable[..., bytes] = field(default=_not_wired("write_packet"))  # Sending -> the file itself
    send_answer: Callable[..., None] = field(default=_not_wired("send_answer"))  # Answer
    arrivals: Callable[..., Any] = field(default=lambda at: ())  # moment -> Arrival, …; each stays until acknowledged
    acknowledge: Callable[..., None] = field(default=_not_wired("acknowledge"))  # name
    put_aside: Callable[..., None] = field(default=_not_wired("put_aside"))  # name, reason
    exchange_state: Callable[..., Any] = field(default=_not_wired("exchange_state"))  # -> ExchangeState


ports = Ports()
