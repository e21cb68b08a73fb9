"""Who meets in a version of a line or of a use: which line it is about, who discloses and who receives."""

from dataclasses import dataclass

from registry.hands import Side
from registry.items.tables import Version
from submission_portal.flows import content
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.uses import content as use_content
from submission_portal.flows.uses.standing import USE


@dataclass(frozen=True, slots=True)
class Parties:
    """The two sides of a line or a use. ``line`` is the line's item id, ``proposer`` the organisation that wrote the version."""

    line: str
    discloser: str
    recipient: str
    proposer: str

    def organisation(self, side: Side) -> str:
        """The organisation on a side."""
        return self.discloser if side is Side.DISCLOSER else self.recipient

    def side_of(self, organisation_id: str) -> Side:
        """Which side an organisation is on: the region's, or else the recipient's."""
        return Side.DISCLOSER if organisation_id == self.discloser else Side.RECIPIENT


def has_parties(kind: str) -> bool:
    """Whether two sides meet in items of a kind.

    >>> has_parties("use"), has_parties("concept")
    (True, False)
    """
    return kind in (LINE, USE)


def parties_of(version: Version) -> Parties:
    """Who meets in a version of a line or a use. A line is proposed by its discloser."""
    if version.item.kind == USE:
        use = use_content.read(version.content)
        return Parties(use.line, use.discloser, use.recipient, version.organisation_id)
    recipient = content.read(version.content).recipient
    return Parties(version.item_id, version.organisation_id, recipient, version.organisation_id)
