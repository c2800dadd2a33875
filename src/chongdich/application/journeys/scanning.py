"""A file is handed in: registered at once, or, when its letters are in pictures, read in its own time."""

from collections.abc import Sequence
from dataclasses import replace

from chongdich.application.desk import Desk
from chongdich.application.journeys.files import Upload, keep, keep_all
from chongdich.application.journeys.receive import text_of
from chongdich.application.lenses.incoming import find_same_before
from chongdich.core.errors import Conflict, Refused
from chongdich.core.periods import vietnam_day
from chongdich.domain.directives.models import Directive, SourceFile
from chongdich.domain.directives.operations import intake
from chongdich.domain.directives.queries import find_source_file, find_waiting_scans
from chongdich.registry import vault
from chongdich.registry.inbox.operations import Telling, tell

LATER = "ocr_later"


class LikelySame(Conflict):
    """What was handed in seems to be in the register already; a person must say what to do."""

    def __init__(self, documents: Sequence[Directive], where: str) -> None:
        numbers = ", ".join(str(row.arrival_number) for row in documents)
        super().__init__(f"Có thể trùng với văn bản đã đăng ký, số đến {numbers}. Hãy chọn cách xử lý.", where)
        self.documents = list(documents)


def hand_in(
    desk: Desk, *, unit_id: int, main: Upload, attachments: Sequence[Upload] = (), again: bool = False
) -> Directive | SourceFile:
    """A document registered, or a scan that waits to be read (a SourceFile). Refused: nothing registered, file kept.

    LikelySame, unless `again`, when the register holds a document with its number, symbol, issuer and day.
    """
    desk.require("directives.receive", unit=unit_id)
    kept = keep(main, "source")
    files = [kept, *keep_all(attachments, "attachment")]
    try:
        text = text_of(main, ocr=False)
    except Refused as refusal:
        if refusal.code == LATER:
            return intake.keep_waiting(unit_id=unit_id, files=files, again=again, by=desk.author)
        failed = replace(kept, role="failed", problem=str(refusal))
        intake.keep_failed_file(unit_id=unit_id, file=failed, by=desk.author)
        raise
    same = [] if again else find_same_before(desk, unit_id=unit_id, text=text)
    if same and not _same_file(same, kept.sha256):
        raise LikelySame(same, main.name)
    return intake.receive(unit_id=unit_id, text=text, files=files, arrived_on=desk.today, again=again, by=desk.author)


def _same_file(documents: Sequence[Directive], sha256: str) -> bool:
    """Whether the very same file came before: that is refused in plainer words."""
    return SourceFile.objects.filter(directive__in=documents, sha256=sha256, role="source").exists()


def read_scans(desk: Desk, *, most: int = 1) -> int:
    """Read the letters of scans that wait, the oldest first; how many were read or given up.

    The reading itself takes seconds a page and holds no transaction. Killed on the way, the scan still waits.
    """
    desk.require("system.act")
    scans = find_waiting_scans()[:most]
    for scan in scans:
        _read(desk, scan)
    return len(scans)


def _read(desk: Desk, scan: SourceFile) -> None:
    try:
        text = text_of(Upload(scan.name, vault.fetch(scan.sha256), scan.content_type))
    except Refused as refusal:
        intake.note_unread(file_id=scan.pk, problem=str(refusal))
        _tell(desk, scan, f"Chưa đọc được {scan.name}", str(refusal))
        return
    author = replace(desk.author, account_id=scan.by, unit_id=scan.unit_id)  # who handed it in registers it
    directive = intake.register_scan(file_id=scan.pk, text=text, arrived_on=vietnam_day(scan.at), by=author)
    if directive:
        _tell(desk, scan, f"Đã nhận dạng chữ: {scan.name}, số đến {directive.arrival_number}", "")


def _tell(desk: Desk, scan: SourceFile, title: str, text: str) -> None:
    if scan.by:
        address = f"/van-ban/den/ban-quet/{scan.pk}/"
        tell([Telling(scan.by, f"scan:{scan.pk}:{desk.at}", "directive_received", title, text, address)], at=desk.at)


def try_again(desk: Desk, *, file_id: int) -> bool:
    """Let the machine read a file once more that it could not read. False when there is none."""
    file = find_source_file(file_id)
    desk.require("directives.receive", unit=file.unit_id if file else None)
    return intake.wait_again(file_id=file_id)
