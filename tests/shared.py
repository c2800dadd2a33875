"""The material beside the checkout, read in place and never copied. Tests that need it skip with a clear word."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("CHONGDICH_SHARED", Path(__file__).resolve().parents[2] / "shared"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the reference material (CHONGDICH_SHARED) is not beside this checkout"
)


def shared(*parts: str) -> Path:
    """A path below the reference material; skips the calling test where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"reference material not found: {'/'.join(parts)}")
    return path
