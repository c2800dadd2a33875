"""A writer killed at any moment: what it acknowledged is there, and the store goes on."""

import subprocess
import sys

import numpy as np
import pytest

from chongdich.kernels.tracing import Presences, TracingStore

WRITER = """
import sys
from pathlib import Path
from chongdich.kernels.tracing import Presences, TracingStore
store = TracingStore(Path(sys.argv[1]))
row = {"person": 1, "place": 2, "start": 3, "end": 4}
while True:
    rows = store.append(Presences.of([row] * 50))
    print(rows.stop, flush=True)
    if rows.stop % 300 == 0:
        store.seal()
"""


@pytest.mark.parametrize("lines", [1, 7, 13])
def test_what_a_killed_writer_acknowledged_is_there(tmp_path, lines):
    folder = TracingStore.create(tmp_path / "kho").folder
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(lines)][-1]
        writer.kill()
    store = TracingStore(folder)
    kept = store.manifest().rows
    assert kept >= acknowledged
    assert kept % 50 == 0
    assert store.presences().row.tolist() == list(range(kept))
    assert store.snapshot().rows == kept
    assert store.check() == []
    assert store.append(Presences(*(np.zeros(1, np.int32),) * 4)) == range(kept, kept + 1)
