"""What is written is read back the same, and any bytes at all are read or refused."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.core.errors import Refused
from chongdich.core.periods import VIETNAM
from chongdich.core.printable import clean
from chongdich.integrations.edxml import (
    Attachment,
    Business,
    BusinessKind,
    Organ,
    Packet,
    Priority,
    ReceiverChange,
    Reference,
    Staff,
    StatusCode,
    StatusPacket,
    Steering,
    read,
    write,
)
from chongdich.integrations.edxml.packets import Replaced, Signer, Trace
from chongdich.integrations.edxml.read import safe_name
from tests.unit.edxml_samples import packet

texts = st.text(max_size=30).map(clean)
some = texts.filter(bool)
ids = st.from_regex(r"[A-Z0-9]{1,5}(\.[A-Z0-9]{1,5}){0,4}", fullmatch=True)
days = st.dates(date(1975, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
    lambda at: at.replace(microsecond=0, tzinfo=VIETNAM)
)
counts = st.integers(0, 10**8)


def _few(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=3).map(tuple)


organs = st.builds(Organ, ids, texts, texts, texts, texts, texts, texts, texts)
staff = st.builds(Staff, texts, texts, texts, texts)
references = st.builds(Reference, ids, texts, some, st.none() | days, texts)
attachments = st.builds(Attachment, texts.map(lambda name: safe_name(name, 1)), st.binary(max_size=200), some, texts)
businesses = st.builds(
    Business,
    kind=st.sampled_from(BusinessKind),
    reason=texts,
    paper=st.booleans(),
    document_id=texts,
    changes_content=st.booleans(),
    changes_receivers=st.booleans(),
    receivers=_few(st.tuples(ids, st.sampled_from(ReceiverChange))),
    replaced=_few(st.builds(Replaced, some, _few(ids))),
    staff=staff,
)
packets = st.builds(
    Packet,
    sender=organs,
    to=st.lists(organs, min_size=1, max_size=3).map(tuple),
    number=texts,
    notation=some,
    promulgated=days,
    subject=some,
    place=texts,
    type_name=texts,
    type=counts,
    type_detail=counts,
    content=texts,
    signer=st.builds(Signer, texts, texts, texts),
    due=st.none() | days,
    to_places=_few(some),
    priority=st.sampled_from(Priority),
    sphere=texts,
    drafter=texts,
    copies=counts,
    pages=counts,
    direction=texts,
    appendices=_few(some),
    response_for=_few(references),
    steering=st.sampled_from(Steering),
    trace=_few(st.builds(Trace, ids, moments)),
    business=businesses,
    attachments=_few(attachments),
)
statuses = st.builds(StatusPacket, references, organs, st.sampled_from(StatusCode), moments, texts, staff)


@settings(max_examples=80, deadline=None)
@given(sent=packets)
def test_a_document_packet_comes_back_the_same(sent: Packet) -> None:
    assert read(write(sent), "goi.edxml") == sent


@settings(max_examples=40, deadline=None)
@given(sent=statuses)
def test_a_status_packet_comes_back_the_same(sent: StatusPacket) -> None:
    assert read(write(sent), "goi.edxml") == sent


@settings(max_examples=60, deadline=None)
@given(subject=st.text(max_size=80), content=st.text(max_size=200))
def test_any_text_is_carried_as_far_as_xml_can(subject: str, content: str) -> None:
    sent = replace(packet(), subject=f"Về {subject}", content=content)
    got = read(write(sent), "goi.edxml")
    assert isinstance(got, Packet)
    assert (got.subject, got.content) == (clean(f"Về {subject}"), clean(content))


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read(data, "goi.edxml")
    assert caught.value.where.startswith("goi.edxml")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_packet_is_read_or_refused_and_never_breaks(data: st.DataObject) -> None:
    whole = bytearray(write(packet()))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=3))
    with suppress(Refused):
        assert isinstance(read(bytes(whole), "goi.edxml"), Packet | StatusPacket)
