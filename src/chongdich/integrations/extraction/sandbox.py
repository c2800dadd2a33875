"""Parsing in a child process with bounded processor time and memory, so that no file can take the server along.

A start of the child costs about 0.1 s before the parser's own imports; a hang, a crash inside a C library or an
exhausted memory becomes a refusal.
"""

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict

from chongdich.core.errors import Refused

from .model import MIB, Extracted, Limits, refuse
from .readers import read_here

_LARGEST_FILE = 64 * MIB
"""The child writes no file but Tesseract's data, unpacked once."""
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
_MODULE = "chongdich.integrations.extraction.worker"


def read_apart(kind: str, data: bytes, filename: str, limits: Limits) -> Extracted:
    """Read in a child process, or here when `limits.isolated` is off."""
    if not limits.isolated:
        return read_here(kind, data, filename, limits)
    order = {"kind": kind, "filename": filename, "limits": asdict(limits)}
    answer = _ask_child(json.dumps(order).encode() + b"\n" + data, filename, _cpu_seconds(kind, limits))
    if "refused" in answer:
        raise Refused(**answer["refused"])
    read = answer["read"]
    return Extracted(**{**read, "pages": tuple(read["pages"]), "notes": tuple(read["notes"])})


def _cpu_seconds(kind: str, limits: Limits) -> int:
    return limits.ocr_cpu_seconds if kind in ("pdf", "image") else limits.cpu_seconds


def _ask_child(message: bytes, filename: str, seconds: int) -> dict:
    environment = os.environ | _ONE_THREAD | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", _MODULE]
    try:
        done = subprocess.run(
            command, input=message, capture_output=True, timeout=2 * seconds, env=environment, check=False
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise refuse("Đọc tệp quá lâu nên đã dừng; hãy tách nhỏ tệp rồi gửi lại.", filename) from error
    except ValueError as error:
        raise refuse(
            "Tệp bị hỏng, hoặc đòi quá nhiều bộ nhớ hay thời gian nên đã dừng đọc; hãy kiểm tra và gửi lại.", filename
        ) from error


def confine(cpu_seconds: int, memory_bytes: int) -> None:
    """Bound this process for good: processor time, address space, size of files written, no core dump."""
    for what, bound in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
    ):
        resource.setrlimit(what, (bound, bound))
