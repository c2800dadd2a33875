"""The child of `sandbox`: one order and one file on standard input, one answer in JSON on standard output."""

import json
import os
import sys
from dataclasses import asdict

from chongdich.core.errors import Refused

from .model import Limits
from .readers import read_here
from .sandbox import _cpu_seconds, confine


def main() -> None:
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # C libraries that print must not mix with the answer
    limits = Limits(**order["limits"])
    confine(_cpu_seconds(order["kind"], limits), limits.memory_bytes)
    answers.write(json.dumps(_answer(order, data, limits)))
    answers.flush()


def _answer(order: dict, data: bytes, limits: Limits) -> dict:
    try:
        return {"read": asdict(read_here(order["kind"], data, order["filename"], limits))}
    except Refused as no:
        return {"refused": {"message": no.message, "where": no.where, "code": no.code}}


if __name__ == "__main__":
    main()
