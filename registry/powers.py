"""Who may do what: for each act of two sides, who does it, for which side, and who may not, said for a jurist to read.

The page shows it, and a guard holds it to the acts that are kept (`hands`): no act is left out, and none is made up. The rules
themselves stand where the acts are. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.actors import Role
from registry.findings import Text

NOBODY_BARRED = Text("", "")


@dataclass(frozen=True, slots=True)
class Power:
    """One thing that people do.

    ``by`` are the roles, each held in the organisation of the side that acts. ``never`` says who may not do it though they hold
    the role. ``events`` are the types of events that tell of it, each kept as an act where two sides meet.
    """

    what: Text
    side: Text
    by: Sequence[Role]
    never: Text = NOBODY_BARRED
    events: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Powers:
    """What people do with one kind of thing. ``order``: its place on the page."""

    title: Text
    order: int
    powers: Sequence[Power]


THE_REGION = Text("regionen", "the region")
THE_RECIPIENT = Text("mottagaren", "the recipient")
EITHER_SIDE = Text("vardera sidan", "either side")
THE_REGISTRY = Text("registret", "the registry")
THE_OTHER_SIDE = Text(
    "Den som har agerat för andra sidan i samma linje, vilka roller den än har nu.",
    "Whoever has acted for the other side of the same line, whatever roles they hold now.",
)
"""Who is refused by what they have done (ADR 49)."""
