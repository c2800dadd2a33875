"""The exchange between instances: who is who on it, and edXML packets through folders that both can see.

`partners.json` beside the folders names the bodies of the exchange by OrganId: {"ubnd:058@2020-02-01": "000.01"}.
One file serves all instances: the bodies under our own OrganId (CHONGDICH_ORGAN_ID) are ours, the others are partners.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from chongdich.application.packets import Answer, Arrival, Aside, ExchangeState, Partner, Purpose, Sending
from chongdich.application.ports import Ports
from chongdich.core.errors import Refused
from chongdich.registry.organisations.models import Organisation

PARTNERS = "partners.json"
CONTENT_NAMES = {0: Purpose.NEW, 1: Purpose.RECALL, 2: Purpose.UPDATE, 3: Purpose.REPLACE}


def wire(ports: Ports) -> None:
    """Plug the exchange in; without an OrganId of our own nothing leaves the house and nothing comes in."""
    ports.partner_of = lambda unit: _post().partner_of(unit)
    ports.send_packet = lambda sending: _post().send(sending)
    ports.write_packet = lambda sending: _post().written(sending)
    ports.send_answer = lambda answer: _post().answer(answer)
    ports.arrivals = lambda at: _post().arrivals(at)
    ports.acknowledge = lambda name: _post().folders.acknowledge(name)
    ports.put_aside = lambda name, reason: _post().put_aside(name, reason)
    ports.exchange_state = lambda: _post().state()


def _post() -> "Post":
    return Post(Path(settings.EXCHANGE), settings.ORGAN_ID)


@dataclass
class Post:
    """Our place on the exchange. Cheap to make: it reads partners.json when asked and keeps nothing."""

    folder: Path
    organ_id: str

    @cached_property
    def members(self) -> dict[str, str]:
        """Organisation key -> OrganId. Refused, naming the file, when it is no such list."""
        path = self.folder / PARTNERS
        if not path.exists():
            return {}
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as wrong:
            raise Refused("Tệp danh sách đối tác hỏng.", str(path)) from wrong
        if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
            raise Refused("Danh sách đối tác phải có dạng {mã đơn vị: mã định danh}.", str(path))
        return found

    @cached_property
    def folders(self) -> Any:
        """Our folders, made when missing."""
        from chongdich.integrations.edxml import FolderExchange

        return FolderExchange(self.folder, self.organ_id)

    def partner_of(self, unit: Organisation) -> Partner | None:
        """The instance where a unit works, when that is not this one."""
        organ_id = self.members.get(unit.key, "") if self.organ_id else ""
        return Partner(unit.pk, organ_id, unit.name) if organ_id and organ_id != self.organ_id else None

    # Going out

    def send(self, sending: Sending) -> str:
        """Put the packet on its way; the identifier under which the document is known there."""
        packet = self._packet(sending)
        self.folders.send(packet, sending.to.organ_id)
        return str(self._new_packet(sending).document_id)

    def written(self, sending: Sending) -> bytes:
        """The packet as a file."""
        from chongdich.integrations.edxml import write

        return write(self._packet(sending))

    def _packet(self, sending: Sending) -> Any:
        from chongdich.integrations import edxml

        packet = self._new_packet(sending)
        if sending.purpose is Purpose.RECALL:
            return edxml.recall(packet, reason=sending.reason, at=sending.at)
        if sending.purpose is Purpose.REPLACE and sending.replaces:
            old = self._packet_of(sending.replaces, sending)
            return edxml.replacement(packet, replaced=[old], reason=sending.reason, at=sending.at)
        return packet

    def _new_packet(self, sending: Sending) -> Any:
        return self._packet_of(sending.document, sending)

    def _packet_of(self, document: Any, sending: Sending) -> Any:
        from chongdich.integrations import edxml

        return edxml.packet_of(
            document,
            sender=edxml.Organ(self.organ_id or "000.00.00", document.issuing_body),
            to=[edxml.Organ(sending.to.organ_id, sending.to.name)],
            at=sending.at,
            attachments=[edxml.Attachment(f.name, f.data, f.content_type) for f in sending.files],
        )

    def answer(self, answer: Answer) -> None:
        """A status packet to whoever sent the document; its identifier says who that is."""
        from chongdich.integrations import edxml

        reference = _reference(answer.document_id)
        status = edxml.StatusCode.of(answer.status)
        if status is None:
            raise Refused(f"Không có mã trạng thái “{answer.status}”.", answer.document_id)
        packet = edxml.StatusPacket(
            reference, edxml.Organ(self.organ_id, self._own_name()), status, answer.at.replace(microsecond=0),
            answer.note or status.label,
        )  # fmt: skip
        self.folders.send(packet, reference.organ_id)

    def _own_name(self) -> str:
        own = self._units(self.organ_id)
        return own[0].name if own else ""

    # Coming in

    def arrivals(self, at: datetime) -> Iterator[Arrival]:
        """Carry what waits to go, then give what waits here, oldest first; each stays until acknowledged."""
        if not self.organ_id:
            return
        self.folders.deliver()
        for received in self.folders.receive(at=at):
            try:
                yield self._arrival(received)
            except Refused as refusal:
                self.folders.reject(received, str(refusal))

    def _arrival(self, received: Any) -> Arrival:
        from chongdich.integrations.edxml import StatusPacket

        packet = received.packet
        sender = self._partner(packet.sender)
        if isinstance(packet, StatusPacket):
            about = packet.response_for
            document_id = about.document_id or _document_id(about)
            return Arrival(
                received.name, Purpose.STATUS, document_id, sender, packet.at,
                reason=packet.description, status=packet.status.code,
            )  # fmt: skip
        return _document_arrival(received, sender)

    def _partner(self, organ: Any) -> Partner:
        units = self._units(organ.id)
        if not units:
            raise Refused(f"Bên gửi {organ.id} ({organ.name}) không có trong danh sách đối tác.", organ.id)
        return Partner(units[0].pk, organ.id, organ.name or units[0].name)

    def _units(self, organ_id: str) -> list[Organisation]:
        keys = [key for key, value in self.members.items() if value == organ_id]
        found = Organisation.objects.in_bulk(keys, field_name="key")
        return [found[key] for key in keys if key in found]

    def put_aside(self, name: str, reason: str) -> None:
        """Move a packet aside with the reason beside it."""
        from chongdich.integrations.edxml import Received

        self.folders.reject(Received(name, None, b""), reason)  # type: ignore[arg-type]

    def state(self) -> ExchangeState:
        """How the exchange stands, for screens and for the journeys."""
        if not self.organ_id:
            return ExchangeState()
        try:
            members = self.members
            own = tuple(unit.pk for unit in self._units(self.organ_id))
        except Refused as refusal:
            return ExchangeState(self.organ_id, problem=str(refusal))
        units = Organisation.objects.in_bulk(list(members), field_name="key")
        partners = tuple(Partner(units[key].pk, organ, units[key].name) for key, organ in members.items()
                         if organ != self.organ_id and key in units)  # fmt: skip
        folders = self.folders
        return ExchangeState(
            self.organ_id, own, partners, _names(folders.outbox), _names(folders.inbox), _aside(folders.refused)
        )


def _document_arrival(received: Any, sender: Partner) -> Arrival:
    from chongdich.application.journeys.files import Upload

    packet, business = received.packet, received.packet.business
    purpose = CONTENT_NAMES[int(business.kind)]
    named = business.document_id if purpose in (Purpose.RECALL, Purpose.UPDATE) and business.document_id else ""
    document_id = named or packet.document_id
    if not document_id.startswith(f"{sender.organ_id},"):
        raise Refused(f"{sender.organ_id} không được gửi, thu hồi văn bản của cơ quan khác.", document_id)
    files = tuple(Upload(each.name, each.content, each.content_type) for each in packet.attachments if each.content)
    return Arrival(
        received.name, purpose, document_id, sender, packet.trace[-1].at if packet.trace else _start(packet),
        received.data, files, business.reason, replaces=tuple(old.document_id for old in business.replaced),
    )  # fmt: skip


def _start(packet: Any) -> datetime:
    from chongdich.core.periods import start_of_day

    return start_of_day(packet.promulgated)


def _reference(document_id: str) -> Any:
    """ "000.00.00.H03,2021/11/29,8005/UBND-VXNV" as its parts. Refused when it is not of that form."""
    from chongdich.integrations.edxml import Reference

    try:
        organ_id, day, code = document_id.split(",", 2)
        number, _, notation = code.partition("/")
        promulgated = datetime.strptime(day, "%Y/%m/%d").date()
    except ValueError as wrong:
        raise Refused("Mã văn bản trên trục không đúng dạng.", document_id[:80]) from wrong
    return Reference(organ_id, number, notation, promulgated, document_id)


def _document_id(about: Any) -> str:
    day = f"{about.promulgated:%Y/%m/%d}" if about.promulgated else ""
    return f"{about.organ_id},{day},{about.number}/{about.notation}"


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.glob("*.edxml") if not path.name.startswith(".")))


def _aside(folder: Path) -> tuple[Aside, ...]:
    notes = sorted(folder.glob("*.txt"), reverse=True)[:200]
    return tuple(Aside(note.name.removesuffix(".txt"), note.read_text("utf-8", "replace").strip()) for note in notes)
