"""edXML packets (QCVN 102:2016/BTTTT): documents between the systems of two bodies, and what became of them."""

from chongdich.integrations.edxml.codes import BusinessKind, Priority, ReceiverChange, StatusCode, Steering
from chongdich.integrations.edxml.compose import answer, packet_of, recall, replacement, update
from chongdich.integrations.edxml.exchange import FolderExchange, Received
from chongdich.integrations.edxml.packets import Attachment, Business, Organ, Packet, Reference, Staff, StatusPacket
from chongdich.integrations.edxml.read import read
from chongdich.integrations.edxml.tree import LIMITS, Limits
from chongdich.integrations.edxml.write import write

__all__ = [
    "LIMITS",
    "Attachment",
    "Business",
    "BusinessKind",
    "FolderExchange",
    "Limits",
    "Organ",
    "Packet",
    "Priority",
    "Received",
    "ReceiverChange",
    "Reference",
    "Staff",
    "StatusCode",
    "StatusPacket",
    "Steering",
    "answer",
    "packet_of",
    "read",
    "recall",
    "replacement",
    "update",
    "write",
]
