"""Which lines and uses meet each stated need, and which lines could while no use says that it is what they are for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from information_models.definitions import read as read_model
from information_models.needs import Assignment, Need, answer
from information_models.starter.loading import assignments
from registry.findings import Text
from registry.items import queries as items
from registry.items.tables import Version
from submission_portal.flows.agreeing.pages import UseRow
from submission_portal.flows.content import read as read_line

SHOWN = 20


@dataclass(frozen=True, slots=True)
class MetNeed:
    """A need with the uses that name it and the lines whose model answers it and none of whose uses do: the first of each, and
    how many there are more."""

    need: Need
    uses: Sequence[UseRow]
    more_uses: int
    lines: Sequence[tuple[Text, Version]]
    more_lines: int


def met_needs(
    session: Session, lines: Sequence[Version], rows: Sequence[UseRow]
) -> list[tuple[Assignment, list[MetNeed]]]:
    """Each assignment with its needs. ``rows`` are the uses of the lines that are not over; one statement."""
    bound = items.versions_by_hash(session, sorted({read_line(one.content).model_version for one in lines}))
    models = {hash_: read_model(version.content) for hash_, version in bound.items()}
    read = [(one, read_line(one.content)) for one in lines]

    def met(need: Need) -> MetNeed:
        uses = [row for row in rows if need.key in row.use.needs]
        served = {row.standing.line_item_id for row in uses}
        answering = {hash_ for hash_, model in models.items() if answer(need, model) is not None}
        could = [
            (line.title, version)
            for version, line in read
            if line.model_version in answering and version.item_id not in served
        ]
        return MetNeed(need, uses[:SHOWN], len(uses[SHOWN:]), could[:SHOWN], len(could[SHOWN:]))

    return [(one, [met(need) for need in one.needs]) for one in assignments()]
