"""Every deed × every role × every distance from the unit whose things they are: nobody does what is not theirs."""

import pytest

from tests.permissions.asking import told
from tests.permissions.matrix import PARTS, wrong_answers
from tests.permissions.world import Crowd, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", range(PARTS))
def test_every_role_at_every_distance(world: World, crowd: Crowd, part: int) -> None:
    told(wrong_answers(world, crowd, "POST", part))
