"""The synthetic province: the right number of people, ages, homes; kept on disk and read again."""

from pathlib import Path

import numpy as np
import pytest

from chongdich.core.errors import NotFound, Refused
from chongdich.kernels.simulation.population import HOUSEHOLD, STANDING, Population, load_population
from chongdich.kernels.simulation.province import province, read_facts
from chongdich.kernels.simulation.variants import PACKS, load_variant, read_pack, reproduction_number


@pytest.fixture(scope="module")
def people() -> Population:
    return province(read_facts(people=40_000))


def test_communes_and_ages(people: Population) -> None:
    assert people.people == 40_000
    assert len(people.codes) == 108
    facts = read_facts(people=40_000)
    wanted = np.array(list(facts.age_groups.values())) / sum(facts.age_groups.values())
    found = np.histogram(people.age, [*facts.age_groups, 200])[0] / people.people
    assert np.abs(found - wanted).max() < 0.001


def test_children_live_with_adults(people: Population) -> None:
    homes = people.layers[HOUSEHOLD]
    for child in np.flatnonzero(people.age < 10)[::50]:
        family = homes.neighbours[homes.offsets[child] : homes.offsets[child + 1]]
        assert (people.age[family] >= 18).any()


def test_contacts_are_mutual_and_homes_stay_in_the_commune(people: Population) -> None:
    for layer in people.layers:
        source = np.repeat(np.arange(people.people), np.diff(layer.offsets))
        forward = np.sort(source * people.people + layer.neighbours)
        backward = np.sort(layer.neighbours.astype(np.int64) * people.people + source)
        assert np.array_equal(forward, backward)
        assert (source != layer.neighbours).all()
    homes = people.layers[HOUSEHOLD]
    source = np.repeat(np.arange(people.people), np.diff(homes.offsets))
    assert (people.commune[source] == people.commune[homes.neighbours]).all()


def test_kept_and_read_again(people: Population, tmp_path: Path) -> None:
    facts = read_facts(people=40_000)
    first, again = province(facts, keep_in=tmp_path), province(facts, keep_in=tmp_path)
    assert first.fingerprint == again.fingerprint == people.fingerprint
    assert len(list(tmp_path.iterdir())) == 1
    assert load_population(tmp_path / "none.npz") is None
    assert len(first.layers) == STANDING


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_names_its_sources_and_gives_its_r0(name: str, people: Population) -> None:
    variant = load_variant(name, people)
    assert reproduction_number(variant, people) == pytest.approx(read_pack(name)["r0"])
    assert {"r0", "durations", "severity", "dispersion"} <= set(variant.references)


def test_unknown_packs_and_too_few_people_are_refused() -> None:
    with pytest.raises(NotFound):
        read_pack("omega")
    with pytest.raises(Refused):
        read_facts(people=10)
