"""The store: added to, corrected, crashed, tidied and sealed, it answers as the list of its rows would."""

import json
import shutil

import numpy as np
import pytest

from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.kernels.tracing import engine, files, reference
from chongdich.kernels.tracing.store import TracingStore
from chongdich.kernels.tracing.words import Case, Presences, TraceRule, World

RULE = TraceRule(15, 0, 0, (0,))


def stay(person: int, place: int, start: int, end: int, **more: int) -> dict[str, int]:
    return {"person": person, "place": place, "start": start, "end": end, **more}


def met(store: TracingStore, *cases: Case) -> list[tuple[int, int]]:
    table = engine.trace(store.snapshot(), list(cases) or [Case(0, 0, 10_000)], RULE).table
    return [(int(row["person"]), int(row["level"])) for row in table]


@pytest.fixture
def store(tmp_path):
    store = TracingStore.create(tmp_path / "kho", span_days=1)
    store.set_distance({0: 0, 1: 0, 2: 0})
    store.append(Presences.of([stay(0, 0, 100, 900), stay(1, 0, 500, 1500), stay(2, 1, 0, 50)]))
    return store


def test_a_new_batch_counts_at_once_here_and_for_other_readers(store):
    other = TracingStore(store.folder)
    assert met(other) == [(1, 1)]
    rows = store.append(Presences.of([stay(1, 2, 2000, 3000), stay(3, 2, 2500, 2600)]))
    assert list(rows) == [3, 4]
    assert met(store) == met(other) == [(1, 1), (3, 2)]


def test_a_correction_supersedes_and_the_old_answer_can_still_be_proved(store):
    before = store.manifest().version
    old = store.snapshot()
    store.append(Presences.of([stay(1, 1, 0, 60)]), supersedes={1: 0})
    assert met(store) == []
    assert met(store, Case(2, 0, 99)) == [(1, 1)]
    assert engine.trace(old, [Case(0, 0, 10_000)], RULE).table["person"].tolist() == [1]
    then = World(store.presences(before), np.array([0, 0, 0]))
    assert reference.trace(then, [Case(0, 0, 10_000)], RULE).table["person"].tolist() == [1]


def test_a_withdrawn_row_counts_no_longer_even_after_sealing(store):
    store.withdraw([1])
    assert met(store) == []
    store.seal()
    assert met(TracingStore(store.folder)) == []
    assert store.presences().row.tolist() == [0, 2]


def test_sealing_keeps_answers_and_row_numbers_and_splits_by_days(store):
    store.append(Presences.of([stay(1, 2, 90_000, 90_100), stay(4, 2, 90_000, 90_100)]))
    store.append(Presences.of([stay(4, 2, 95_000, 95_100)]))
    before = engine.trace(store.snapshot(), [Case(0, 0, 10_000)], RULE)
    store.tidy()
    assert len(store.manifest().segments) == 1
    store.seal()
    assert sorted(span for span in store.manifest().segments.values() if span is not None) == [0, 1]
    after = engine.trace(TracingStore(store.folder).snapshot(), [Case(0, 0, 10_000)], RULE)
    assert after.table.tolist() == before.table.tolist()
    assert after.evidence(2).tolist() == before.evidence(2).tolist()
    assert len(store.manifest().journals) == 1


def test_sealing_again_touches_only_the_days_that_changed(store):
    store.append(Presences.of([stay(4, 2, 90_000, 90_100)]))
    store.seal()
    first = next(name for name, span in store.manifest().segments.items() if span == 0)
    store.append(Presences.of([stay(5, 2, 90_000, 90_100)]))
    store.seal()
    assert first in store.manifest().segments
    assert met(store, Case(4, 0, 10**6)) == [(5, 1)]


@pytest.mark.parametrize("step", ["journal", "segment", "manifest"])
def test_a_crash_before_the_manifest_leaves_the_store_as_it_was(store, monkeypatch, step):
    def power_cut(*_args, **_more):
        raise OSError("power cut")

    target = {"journal": "journal.write_rows", "segment": "files.write_segment", "manifest": "files.replace"}[step]
    with monkeypatch.context() as broken:
        broken.setattr(f"chongdich.kernels.tracing.store.{target}", power_cut)
        with pytest.raises(OSError, match="power cut"):
            store.append(Presences.of([stay(3, 0, 100, 900)]))
    again = TracingStore(store.folder)
    assert met(again) == [(1, 1)]
    again.append(Presences.of([stay(4, 0, 100, 900)]))
    assert met(again) == [(4, 1), (1, 1)]
    named = again.manifest().names() | {"MANIFEST.json", "LOCK"}
    assert {path.name for path in store.folder.iterdir()} == named


def test_a_half_written_manifest_beside_the_old_one_does_no_harm(store):
    (store.folder / "MANIFEST.new").write_text('{"version": 9')
    assert met(TracingStore(store.folder)) == [(1, 1)]


def test_a_damaged_segment_is_found_by_its_check_sum(store):
    assert store.check() == []
    path = store.folder / next(iter(store.manifest().segments))
    content = bytearray(path.read_bytes())
    at = content.rindex((900).to_bytes(4, "little"))
    content[at] ^= 1
    path.write_bytes(content)
    assert len(store.check()) == 1
    assert files.damaged(path)
    store.rebuild()
    assert store.check() == []
    assert met(store) == [(1, 1)]


def test_a_store_of_an_earlier_release_is_built_anew_from_its_journal(store):
    store.withdraw([2])
    for path in store.folder.glob("segment-*"):
        path.write_bytes(b"CDTRACE3" + path.read_bytes()[8:])
    manifest = json.loads((store.folder / "MANIFEST.json").read_text())
    del manifest["layout"]
    (store.folder / "MANIFEST.json").write_text(json.dumps(manifest))
    again = TracingStore(store.folder)
    assert met(again) == [(1, 1)]
    assert again.presences().row.tolist() == [0, 1]


def test_a_copy_of_the_folder_is_a_backup(store, tmp_path):
    shutil.copytree(store.folder, tmp_path / "sao-luu")
    assert met(TracingStore(tmp_path / "sao-luu")) == [(1, 1)]


def test_clear_refusals(store, tmp_path):
    with pytest.raises(NotFound):
        TracingStore(tmp_path / "nowhere")
    with pytest.raises(Conflict):
        TracingStore.create(store.folder)
    with pytest.raises(Refused, match="kết thúc trước"):
        Presences.of([stay(1, 1, 100, 99)])
    with pytest.raises(Refused, match="không có trong kho"):
        store.withdraw([3])
    with pytest.raises(Refused, match="0 đến 14"):
        store.set_distance({0: 15})
    assert json.loads((store.folder / "MANIFEST.json").read_text())["rows"] == 3


def test_an_empty_store_answers_nobody(tmp_path):
    store = TracingStore.create(tmp_path / "kho")
    assert met(store) == []
    store.append(Presences.none())
    store.seal()
    assert met(store) == []
