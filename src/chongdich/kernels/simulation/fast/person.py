"""A person's word: what of it means what."""

from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.tables import COMMUNE_AT, GROUP_AT, Tables


@inner
def status_of(word: int) -> int:
    return word & 255


@inner
def group_of(word: int) -> int:
    """Decade of age."""
    return (word >> GROUP_AT) & 15


@inner
def commune_of(word: int) -> int:
    return word >> COMMUNE_AT


@inner
def zone_of(tab: Tables, word: int) -> int:
    """The reporting zone."""
    return tab.zone[word >> COMMUNE_AT]
