"""Vietnamese words that lower layers, which know no gettext, keep in tables: they are translated when shown."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator

from chongdich import domain, registry
from chongdich.application.lenses.contacts import WORKLISTS
from chongdich.application.lenses.contacts_figures import DEFINITIONS
from chongdich.core.facts import Fact
from chongdich.domain.cases.chains import PROBLEM
from chongdich.domain.contacts.states import CALL_OUTCOME, CONTACT, SOURCE, VENUE_KIND
from chongdich.domain.directives import models
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.rules import PERIODS
from chongdich.domain.scenarios.answering import wording
from chongdich.domain.scenarios.asking.kinds import COLUMNS, KINDS
from chongdich.domain.scenarios.asking.reading import TEMPLATES, ready_policies, template_values
from chongdich.domain.scenarios.states import RUN
from chongdich.registry.accounts.actor import THE_MACHINE
from chongdich.registry.accounts.roles import PERMISSIONS, ROLES
from chongdich.web.kit.tones import WORDS
from chongdich.web.navigation import ROOMS


def collected() -> Iterator[str]:
    """Each word once, in order."""
    found = [word for table in WORDS.values() for word in table.values()]
    found += [role.label for role in ROLES.values()]
    found += PERMISSIONS.values()
    found += [word for room in ROOMS for word in (room.label, room.group)]
    found += [*AREAS.values(), *PERIODS.values(), THE_MACHINE.name]
    found += [*models.Clause.State.labels, *models.Report.State.labels]
    found += [label for label, _tone in PROBLEM.values()]
    found += [*WORKLISTS.values(), *CALL_OUTCOME.values(), *VENUE_KIND.values(), *SOURCE.values()]
    found += [state.label for state in CONTACT.values()]
    found += [word for words in DEFINITIONS.values() for word in words]
    found += _scenario_words()
    found += _fact_labels()
    yield from sorted({word for word in found if word})


def _scenario_words() -> list[str]:
    """What scenarios say: kinds of resources, templates, responses, and the patterns of their sentences."""
    found = [word for kind in KINDS.values() for word in (kind.label, kind.unit)]
    found += [*COLUMNS.values(), *(state.label for state in RUN.values())]
    found += [template_values(name)["name"] for name in TEMPLATES]
    found += [policy["name"] for policy in ready_policies().values()]
    for table in (wording.FIGURE_LABELS, wording.FACTOR_LABELS, wording.OUTCOME_LABELS):
        found += table.values()
    return found + list(wording.PATTERNS)


def _fact_labels() -> list[str]:
    """What the stories call each fact of every room."""
    for house in (domain, registry):
        for room in filter(lambda found: found.ispkg, pkgutil.iter_modules(house.__path__)):
            name = f"{house.__name__}.{room.name}.facts"
            if importlib.util.find_spec(name):
                importlib.import_module(name)
    return [kind.label for kind in Fact.kinds.values() if kind.__module__.startswith("chongdich.")]
