"""Where a client will be, as far as a ZIP code, a neighborhood or a state says it."""

from typing import NamedTuple

from .models import Neighborhood, Office
from .points import Point
from .sentences import folded
from .states import STATES
from .zip_codes import find_zip_code, nearest_state, states_near

ABROAD = "abroad"


class Spot(NamedTuple):
    """Somewhere on the globe. `state` is a postal code, `ABROAD`, or empty where nobody knows.

    `near` are the codes of states whose line is so close that the client may be beyond it.
    """

    words: str
    state: str = ""
    point: Point | None = None
    near: tuple[str, ...] = ()

    @property
    def state_name(self) -> str:
        """The state as it stands in sentences; empty where nobody knows."""
        return STATES.get(self.state, "")


def find_spot(text: str, *, state: str = "") -> Spot | None:
    """Return where `text` (a ZIP code, a neighborhood or a state) is; None where nobody knows.

    `state`, where the client gave it, says more than the text: a ZIP code may reach over a line.
    """
    found = _of_zip_code(text) or _of_neighborhood(text) or _of_state(text)
    if not state:
        return found
    if found is None:
        return None if text else Spot(STATES.get(state, ""), state)
    return found._replace(state=state, near=())


def _of_zip_code(text: str) -> Spot | None:
    code = find_zip_code(text)
    if code is None:
        return None
    if code.is_military:
        return Spot(code.code)
    near = states_near(code.point, code.state) if code.point else []
    words = f"{code.code} in {code.city}, {STATES[code.state]}" if code.point else code.code
    return Spot(words, code.state, code.point, tuple(near))


def _of_neighborhood(text: str) -> Spot | None:
    wanted = folded(text)
    named = [(each.name, each.point) for each in Neighborhood.objects.all()]
    named += [(each.neighborhood, each.point) for each in Office.objects.all()]
    same = [(name, point) for name, point in named if wanted and folded(name) == wanted]
    if not same:
        return None
    name, point = next((each for each in same if each[1]), same[0])
    return Spot(name, (nearest_state(point) or "") if point else "", point)


def _of_state(text: str) -> Spot | None:
    wanted = _letters(text)
    for code, name in STATES.items():
        if wanted in (_letters(code), _letters(name)):
            return Spot(name, code)
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()
