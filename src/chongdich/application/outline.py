"""The first draft of a document: its parts in the order of Nghị định 30/2020/NĐ-CP, Annexes I and III."""

import re
from dataclasses import dataclass
from datetime import date

from chongdich.core.official_document import (
    CONG_VAN,
    KINDS,
    Channel,
    Kind,
    Level,
    OfficialDocument,
    Paragraph,
    PartialDate,
    Recipient,
    Signatory,
)
from chongdich.domain.directives.models import Clause, Directive
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import find_superior_name

DECIDING = ("QĐ", "NQ")  # laid out in articles, on legal bases
# Who signs, by kind of body: (authority lines, title). Others sign as "THỦ TRƯỞNG ĐƠN VỊ".
SIGNATORIES = {
    "ubnd": (("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH"),
    "bcd": (("TM. BAN CHỈ ĐẠO",), "TRƯỞNG BAN"),
    "hdnd": (("TM. HỘI ĐỒNG NHÂN DÂN",), "CHỦ TỊCH"),
}
DIRECTORS = ("so_", "cong_an", "trung_tam", "cdc", "benh_vien", "ttyt")
_OWN_MARK = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]|[a-zđ]\)|[-+*•])\s+")


@dataclass(frozen=True)
class Outline:
    """What a draft begins from: the clauses of a source that it carries on, and the names it is addressed to."""

    kind: Kind
    subject: str
    source: Directive | None
    clauses: tuple[Clause, ...]
    to: tuple[str, ...]
    mark: str


def kind_named(name: str) -> Kind:
    """The kind by its Vietnamese name; công văn when it has none."""
    wanted = name.strip().lower()
    return next((kind for kind in KINDS.values() if kind.name.lower() == wanted), CONG_VAN)


def first_draft(body: Organisation, outline: Outline, today: date) -> OfficialDocument:
    """A document that only lacks what a person must say."""
    deciding = outline.kind.code in DECIDING
    return OfficialDocument(
        issuing_body=body.name,
        superior_body="" if body.kind == "ubnd" else find_superior_name(body, today),
        symbol=symbol_for(outline.kind, body, outline.mark),
        place=body.place.name,
        date=PartialDate(today.year, today.month),
        abstract=outline.subject.strip(),
        kind=outline.kind,
        addressees=outline.to if outline.kind == CONG_VAN else (),
        enacting_body=_enacting(body, outline.kind) if deciding else "",
        legal_bases=_bases(outline) if deciding else (),
        enacting_word=outline.kind.name.upper() if deciding else "",
        body=_articles(body, outline) if deciding else (Paragraph(_opening(body, outline)), *_points(outline)),
        closing="" if deciding else "Yêu cầu các cơ quan, đơn vị triển khai thực hiện",
        recipients=_recipients(outline, deciding),
        archive=f"VT, {outline.mark}" if outline.mark else "VT",
        signatory=signatory_of(body),
        draft=True,
    )


def symbol_for(kind: Kind, body: Organisation, mark: str) -> str:
    """Annex I: "KH-UBND" for a named type, "UBND-VP" for a công văn."""
    own = body.symbol or "UBND"
    if kind.code:
        return f"{kind.code}-{own}"
    return f"{own}-{mark}" if mark else own


def _enacting(body: Organisation, kind: Kind) -> str:
    """A decision is taken by the head or the body; the drafter sets it right where custom differs."""
    if body.kind == "ubnd":
        return body.name.upper()
    head = "GIÁM ĐỐC" if body.kind.startswith(DIRECTORS) else "TRƯỞNG BAN" if body.kind == "bcd" else "THỦ TRƯỞNG"
    return f"{head} {body.name.upper()}"


def _bases(outline: Outline) -> tuple[str, ...]:
    return (f"Căn cứ {citation_words(outline.source)};",) if outline.source else ()


def _articles(body: Organisation, outline: Outline) -> tuple[Paragraph, ...]:
    told = [Paragraph(text, Level.ARTICLE) for clause in outline.clauses for text in _lines(clause)[:1]]
    told = told or [Paragraph(f"{outline.subject.strip().capitalize()}.", Level.ARTICLE)]
    who = "; ".join(outline.to) or "các cơ quan, đơn vị liên quan"
    return (
        *told,
        Paragraph("Quyết định này có hiệu lực kể từ ngày ký.", Level.ARTICLE),
        Paragraph(f"Thủ trưởng các cơ quan, đơn vị: {who} chịu trách nhiệm thi hành Quyết định này.", Level.ARTICLE),
    )


def _opening(body: Organisation, outline: Outline) -> str:
    if outline.source is None:
        return f"Để {outline.subject.strip().removeprefix('V/v ')}, {body.name} yêu cầu thực hiện các nội dung sau:"
    return f"Thực hiện {citation_words(outline.source)}, {body.name} yêu cầu thực hiện các nội dung sau:"


def citation_words(source: Directive) -> str:
    """ "Công văn số 8005/UBND-VXNV ngày 29/11/2021 của Ủy ban nhân dân tỉnh Bắc Kạn về việc …"."""
    kind = (source.kind or "văn bản").capitalize()
    number = f" số {source.number}/{source.symbol}" if source.number else ""
    day = f" ngày {source.day:02d}/{source.month:02d}/{source.year}" if source.day and source.month else ""
    about = re.sub(r"^\s*(?:V/v|về việc)\s*:?\s+", "", source.subject, flags=re.IGNORECASE).strip().rstrip(".")
    by = f" của {source.issuer_name}" if source.issuer_name else ""
    return f"{kind}{number}{day}{by} về việc {about}"


def _points(outline: Outline) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(text, Level.NUMBER if first else Level.DASH)
        for clause in outline.clauses
        for first, text in ((place == 0, text) for place, text in enumerate(_lines(clause)))
    )


def _lines(clause: Clause) -> list[str]:
    """A clause's paragraphs without the marks they bore in the source."""
    return [_OWN_MARK.sub("", line).strip() for line in clause.text.splitlines() if line.strip()]


def _recipients(outline: Outline, deciding: bool) -> tuple[Recipient, ...]:
    if deciding:
        first = [Recipient("Như Điều cuối", "t/h")] if not outline.to else []
    else:
        first = [Recipient("Như trên", "t/h", Channel.ELECTRONIC)] if outline.kind == CONG_VAN else []
    named = [] if outline.kind == CONG_VAN else [Recipient(name, "t/h", Channel.ELECTRONIC) for name in outline.to]
    issuer = outline.source.issuer_name if outline.source else ""
    above = [Recipient(issuer, "b/c", Channel.ELECTRONIC)] if issuer else []
    return (*first, *named, *above)


def signatory_of(body: Organisation) -> Signatory:
    """The signing authority and title; the name comes with the signature."""
    authority, title = SIGNATORIES.get(body.kind, ((), "THỦ TRƯỞNG ĐƠN VỊ"))
    if body.kind.startswith(DIRECTORS):
        title = "GIÁM ĐỐC"
    return Signatory(title, "", authority)
