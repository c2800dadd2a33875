"""Vietnamese words that lower layers, which know no gettext, keep in tables: they are translated when shown."""

from collections.abc import Iterator

from chongdich.registry.accounts.roles import PERMISSIONS, ROLES
from chongdich.web.kit.tones import WORDS
from chongdich.web.navigation import ROOMS


def collected() -> Iterator[str]:
    """Each word once, in order."""
    found = [word for table in WORDS.values() for word in table.values()]
    found += [role.label for role in ROLES.values()]
    found += PERMISSIONS.values()
    found += [word for room in ROOMS for word in (room.label, room.group)]
    yield from sorted({word for word in found if word})
