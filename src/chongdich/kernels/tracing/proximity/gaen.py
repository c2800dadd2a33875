"""Identifiers of the Google/Apple Exposure Notification: which heard identifiers belong to a published daily key.

Source: Exposure Notification Cryptography Specification v1.2 (April 2020). A temporary exposure key (16 bytes) is valid
for `period` intervals of ten minutes from `start`; from it follow a rolling proximity identifier for each interval and
a key that hides four bytes of metadata (protocol version and transmit power) sent beside it.
"""

import hmac
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from chongdich.core.errors import Refused

INTERVAL = 600  # seconds
DAY_OF_INTERVALS = 144


class DailyKey(NamedTuple):
    """A published temporary exposure key. `owner` is whatever the caller knows the uploader by."""

    owner: int
    key: bytes
    start: int  # number of the first ten-minute interval since 1970
    period: int = DAY_OF_INTERVALS


class Heard(NamedTuple):
    """One identifier that the phone of `listener` heard at `moment` (Unix seconds)."""

    listener: int
    moment: int
    identifier: bytes
    metadata: bytes = b""
    strength: int = 0  # received signal strength, dBm


class Match(NamedTuple):
    owner: int
    listener: int
    moment: int
    attenuation: int | None  # transmit power - received strength, dB; None when no metadata came along


def interval_of(moment: int) -> int:
    """Number of the ten-minute interval of a moment in Unix seconds."""
    return moment // INTERVAL


def identifiers(key: DailyKey) -> list[bytes]:
    """The rolling proximity identifiers of the key, one for each interval of its validity, in order."""
    if len(key.key) != 16 or not 0 < key.period <= DAY_OF_INTERVALS:
        raise Refused("Khóa ngày phải dài 16 byte và có hiệu lực từ 1 đến 144 khoảng 10 phút.", "key", "bad_key")
    intervals = range(key.start, key.start + key.period)
    padded = b"".join(b"EN-RPI" + bytes(6) + number.to_bytes(4, "little") for number in intervals)
    sent = _aes(derived(key.key, b"EN-RPIK"), padded)
    return [sent[at : at + 16] for at in range(0, len(sent), 16)]


def metadata(key: bytes, identifier: bytes, hidden: bytes) -> bytes:
    """The metadata sent with an identifier, in the clear (or hidden again: the operation is its own inverse)."""
    return _aes(derived(key, b"EN-AEMK"), hidden, counter=identifier)


def derived(key: bytes, info: bytes) -> bytes:
    """HKDF-SHA256 with no salt, 16 bytes (RFC 5869)."""
    pseudorandom = hmac.digest(bytes(32), key, sha256)
    return hmac.digest(pseudorandom, info + b"\x01", sha256)[:16]


def matches(keys: Iterable[DailyKey], heard: Iterable[Heard], tolerance: int) -> Iterator[Match]:
    """Everything heard that a published key explains, heard within `tolerance` seconds of the identifier's interval.

    An identifier replayed at another time is not believed. One AES pass a key, one look-up a heard identifier.
    """
    sent: dict[bytes, tuple[DailyKey, int]] = {}
    for key in keys:
        for number, identifier in enumerate(identifiers(key), key.start):
            sent[identifier] = key, number
    for one in heard:
        if one.identifier not in sent:
            continue
        key, number = sent[one.identifier]
        begin = number * INTERVAL
        if begin - tolerance <= one.moment < begin + INTERVAL + tolerance:
            yield Match(key.owner, one.listener, one.moment, _attenuation(key, one))


def _attenuation(key: DailyKey, heard: Heard) -> int | None:
    if len(heard.metadata) != 4:
        return None
    power = metadata(key.key, heard.identifier, heard.metadata)[1]
    return (power - 256 if power > 127 else power) - heard.strength


def _aes(key: bytes, data: bytes, counter: bytes | None = None) -> bytes:
    """AES-128: each block on its own, or as a stream from a counter."""
    mode = modes.ECB() if counter is None else modes.CTR(counter)
    cipher = Cipher(algorithms.AES(key), mode).encryptor()
    return cipher.update(data) + cipher.finalize()
