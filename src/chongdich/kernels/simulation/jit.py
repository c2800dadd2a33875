"""How the kernel is compiled: once for each state of its sources, kept on disk, free of the interpreter's lock.

Numba renews a kept function when its own file changes, but not when a file it calls changes. Keeping the compiled
code in a folder
named after all the kernel's sources closes that gap, and works where the package itself may not be written.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])


def _fingerprint() -> str:
    digest = hashlib.blake2b(digest_size=8)
    here = Path(__file__).parent
    for source in sorted(here.rglob("*.py")):
        if source.name != "reference.py" and source.parent.name != "plain":  # never compiled
            digest.update(source.read_bytes())
    return digest.hexdigest()


def _folder() -> str:
    """Where compiled code is kept; CHONGDICH_CACHE overrides, a temporary folder serves where there is no home."""
    base = os.environ.get("CHONGDICH_CACHE") or os.path.join(os.path.expanduser("~"), ".cache", "chongdich")
    folder = os.path.join(base, "simulation", _fingerprint())
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        folder = os.path.join(tempfile.gettempdir(), f"chongdich-{os.getuid()}", _fingerprint())
        os.makedirs(folder, exist_ok=True)
    return folder


FOLDER = _folder()


def compiled(function: F) -> F:
    """Compile for speed; the plain function stays reachable as `.py_func`, the compiled one from Python."""
    return _compile(function, forceinline=True)


def inner(function: F) -> F:
    """Compile a function that only compiled code calls.

    It has no door to Python, which costs most of the compiling time, and is put into its caller: the tables are a
    hundred arrays, and handing them over by value at every call would cost a fifth of a run.
    """
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False, forceinline=True)


def _compile(function: F, **options: bool) -> F:
    settings: Any = numba.config
    compiler: Any = numba.njit
    before = settings.CACHE_DIR
    settings.CACHE_DIR = FOLDER
    try:
        return compiler(nogil=True, cache=True, error_model="numpy", **options)(function)
    finally:
        settings.CACHE_DIR = before
