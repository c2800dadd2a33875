"""Packets from one instance to another through folders that both can see.

    <post>/<OrganId>/Outbox          written here first, then delivered
    <post>/<OrganId>/Outbox/Sent     delivered
    <post>/<OrganId>/Inbox           waiting for the receiver
    <post>/<OrganId>/Inbox/Taken     acknowledged by the receiver
    <post>/<OrganId>/Inbox/Refused   unreadable, each with a .txt that says why

A file appears under its name only when it is whole and on disk: it is written beside, flushed and renamed. The name is
made of the content, so sending twice delivers once, and what was taken is not taken again.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from chongdich.core.errors import Refused
from chongdich.core.periods import VIETNAM
from chongdich.integrations.edxml.packets import Packet, StatusPacket, checked_organ_id
from chongdich.integrations.edxml.read import read
from chongdich.integrations.edxml.tree import LIMITS, TRUNCATED, Limits
from chongdich.integrations.edxml.write import write

SUFFIX = ".edxml"
_STILL_WRITING = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Received:
    """A packet in the inbox; `name` is what to acknowledge and what to be unique on."""

    name: str
    packet: Packet | StatusPacket
    data: bytes


class FolderExchange:
    """One body's place on the exchange. `post` is the folder that all share, `organ_id` who we are."""

    def __init__(self, post: Path, organ_id: str, limits: Limits = LIMITS) -> None:
        self.post, self.organ_id, self.limits = post, checked_organ_id(organ_id, "OrganId"), limits
        home = post / organ_id
        self.outbox, self.sent = home / "Outbox", home / "Outbox" / "Sent"
        self.inbox, self.taken, self.refused = home / "Inbox", home / "Inbox" / "Taken", home / "Inbox" / "Refused"
        for folder in (self.sent, self.taken, self.refused):
            folder.mkdir(parents=True, exist_ok=True)

    def send(self, packet: Packet | StatusPacket, to: str) -> str:
        """Put a packet in the outbox, deliver it if the receiver has an inbox here, give its name. Twice is once."""
        checked_organ_id(to, "nơi nhận")
        data = write(packet)
        name = f"{_moment(packet)}-{self.organ_id}-{to}-{sha256(data).hexdigest()[:20]}{SUFFIX}"
        if not (self.sent / name).exists():
            _put(self.outbox / name, data)
            self._carry(self.outbox / name)
        return name

    def deliver(self) -> list[str]:
        """Carry what waits in the outbox to the inboxes; what has no inbox here stays for another carrier."""
        return [letter.name for letter in _letters(self.outbox) if self._carry(letter)]

    def _carry(self, letter: Path) -> bool:
        """Copy into the inbox, then note as sent: a crash between the two copies again, under the same name."""
        inbox = self.post / _addressee(letter) / "Inbox"
        if not inbox.is_dir():
            return False
        with suppress(FileNotFoundError):  # another process carried it meanwhile
            _put(inbox / letter.name, letter.read_bytes())
            _move(letter, self.sent)
        return True

    def receive(self, *, at: datetime) -> Iterator[Received]:
        """The packets waiting, oldest first; each stays until acknowledged.

        An unreadable one is moved aside with the reason.
        A file that ends too early and is younger than two minutes at `at` may still be on its way from a sender that
        does not rename: it is left for the next time.
        """
        for letter in _letters(self.inbox):
            if (self.taken / letter.name).exists():
                letter.unlink(missing_ok=True)
            elif received := self._open(letter, at):
                yield received

    def _open(self, letter: Path, at: datetime) -> Received | None:
        try:
            data = self._bytes(letter)
            return Received(letter.name, self._for_us(read(data, letter.name, self.limits), letter.name), data)
        except FileNotFoundError:  # another process acknowledged it meanwhile
            return None
        except Refused as wrong:
            if wrong.code != TRUNCATED or _written(letter) < at - _STILL_WRITING:
                self._refuse(letter, wrong)
            return None

    def acknowledge(self, received: Received | str) -> None:
        """The packet is in our books: it leaves the inbox. Acknowledging twice is no error."""
        letter = self.inbox / Path(received if isinstance(received, str) else received.name).name
        with suppress(FileNotFoundError):
            _move(letter, self.taken)

    def reject(self, received: Received, reason: str) -> None:
        """Move a readable packet aside because we cannot use it."""
        self._refuse(self.inbox / received.name, Refused(reason, received.name))

    def _bytes(self, letter: Path) -> bytes:
        about = letter.lstat()
        if not stat.S_ISREG(about.st_mode):
            raise Refused("Không phải tệp thường.", letter.name, "edxml_unsafe")
        if (size := about.st_size) > self.limits.file:
            raise Refused(f"Tệp {size} byte, lớn hơn mức cho phép {self.limits.file} byte.", letter.name, "edxml_limit")
        return letter.read_bytes()

    def _for_us(self, packet: Packet | StatusPacket, name: str) -> Packet | StatusPacket:
        meant = (
            (packet.response_for.organ_id,)
            if isinstance(packet, StatusPacket)
            else tuple(each.id for each in packet.to)
        )
        if self.organ_id not in meant:
            raise Refused(f"Gói tin gửi cho {', '.join(meant)}, không gửi cho {self.organ_id}.", name, "edxml_address")
        return packet

    def _refuse(self, letter: Path, wrong: Refused) -> None:
        if letter.is_symlink():
            letter.unlink()
        elif letter.exists():
            _move(letter, self.refused)
        _put(self.refused / f"{letter.name}.txt", f"{wrong}\n".encode())


def _letters(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))


def _addressee(letter: Path) -> str:
    """Who a file in the outbox is for, after its name; a file of another make stays where it is."""
    parts = letter.name.split("-")
    return parts[2] if len(parts) == 4 else "?"


def _moment(packet: Packet | StatusPacket) -> str:
    """When it was sent, so that names sort in that order; the day of issue for a packet without a trace."""
    if isinstance(packet, StatusPacket):
        at = packet.at
    elif packet.trace:
        at = packet.trace[-1].at
    else:
        return f"{packet.promulgated:%Y%m%d}T000000"
    return f"{at.astimezone(VIETNAM):%Y%m%dT%H%M%S}"


def _written(letter: Path) -> datetime:
    return datetime.fromtimestamp(letter.lstat().st_mtime, VIETNAM)


def _put(path: Path, data: bytes) -> None:
    """The file under its name, whole and on disk, or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def _move(letter: Path, folder: Path) -> None:
    letter.replace(folder / letter.name)
    _sync(folder)
    _sync(letter.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
