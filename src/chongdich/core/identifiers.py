"""Identifiers that a phone without a network can make: UUID version 7, in time order."""

from datetime import datetime
from uuid import UUID


def uuid7(at: datetime, entropy: bytes) -> UUID:
    """An RFC 9562 version 7 UUID from an aware moment and 10 random bytes, both given from outside."""
    if len(entropy) < 10:
        raise ValueError("a version 7 UUID needs 10 random bytes")
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    number = (milliseconds << 80) | int.from_bytes(entropy[:10], "big")
    number = (number & ~(0xF << 76)) | (0x7 << 76)
    number = (number & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=number)
