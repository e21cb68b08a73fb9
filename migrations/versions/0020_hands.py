"""who has acted for which side of what: hands and acts, filled from what is stored

Acts come from the log; where a row tells of one that the log does not, from that. Whoever stands on both sides of an
object keeps both rows, marked, and acts for neither any more.

Revision: 0020, after 0017
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

import registry.columns
from registry.content.canonical import parse

revision: str = "0020"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ONE_SIDE = sa.text("NOT is_both_sided")
NOBODY = {None, "", "0" * 32, "0" * 31 + "1"}
"""No persons: unknown, and the registry itself."""
DISCLOSER, RECIPIENT = "discloser", "recipient"
OF_DELIVERIES = {
    **dict.fromkeys(
        (
            "DeliveryStarted", "DeliveryReadAgain", "IdentityQuestionAnswered", "DeliveryCheckAskedFor",
            "DeliveryAnswered", "DeliveryCorrectionChosen", "DeliveryComparedAgain", "DeliveryDisclosed",
            "DisclosureDeclined", "DeliverySent", "DeliveryWithdrawn", "DeliveryCompleted",
        ),
        DISCLOSER,
    ),
    **dict.fromkeys(("DeliveryDecided", "CompletionAsked"), RECIPIENT),
}  # fmt: skip
OF_FLOWS = {
    **dict.fromkeys(("DraftCreated", "DraftRevised", "VersionSubmitted", "VersionWithdrawn"), DISCLOSER),
    **dict.fromkeys(("FlowAssessed", "VersionDecided"), RECIPIENT),
}
OF_SERIES = {"SourceChangeDeclared": DISCLOSER, "SourceChangeWithdrawn": DISCLOSER, "TableDecided": RECIPIENT}
SIDES = {**OF_DELIVERIES, **OF_FLOWS, **OF_SERIES}
AT_ONCE = 1000


class Act(NamedTuple):
    """An act as it is kept."""

    object: str
    person_id: str | None
    side: str
    type: str
    subject: str
    organisation_id: str
    acted_at: Any


class Known(NamedTuple):
    """What acts may be about: its object, and for whom each side of it acts."""

    object: str
    subject: str
    organisations: Mapping[str, str]


def upgrade() -> None:
    op.create_table(
        "hand",
        sa.Column("object", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("since", registry.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("is_both_sided", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("side IN ('discloser', 'recipient')", name=op.f("ck_hand_side")),
        sa.PrimaryKeyConstraint("object", "person_id", "side", name=op.f("pk_hand")),
    )
    op.create_index("ix_hand_person_id", "hand", ["person_id"])
    op.create_index(
        "uq_hand_one_side", "hand", ["object", "person_id"], unique=True, sqlite_where=ONE_SIDE, postgresql_where=ONE_SIDE
    )  # fmt: skip
    op.create_table(
        "act",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("object", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("acted_at", registry.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["object", "person_id", "side"], ["hand.object", "hand.person_id", "hand.side"], name=op.f("fk_act_hand")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_act_organisation_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_act")),
    )
    op.create_index("ix_act_hand", "act", ["object", "person_id", "side"])
    op.create_index(op.f("ix_act_organisation_id"), "act", ["organisation_id"])
    _fill(op.get_bind())


def downgrade() -> None:
    op.drop_table("act")
    op.drop_table("hand")


def _fill(connection: sa.Connection) -> None:
    known = {one.subject: one for one in chain(_deliveries(connection), _flows(connection), _series(connection))}
    acts = list(_from_log(connection, known))
    told = {(one.object, one.person_id, one.side) for one in acts}
    for one in _from_rows(connection, known):
        if (one.object, one.person_id, one.side) not in told:
            told.add((one.object, one.person_id, one.side))
            acts.append(one)
    since: dict[tuple[str, str | None, str], Any] = {}
    for one in sorted(acts, key=lambda act: str(act.acted_at)):
        since.setdefault((one.object, one.person_id, one.side), one.acted_at)
    sides: dict[tuple[str, str | None], int] = {}
    for object_, person, _side in since:
        sides[object_, person] = sides.get((object_, person), 0) + 1
    hands = (
        {"object": object_, "person_id": person, "side": side, "since": first, "is_both_sided": sides[object_, person] > 1}
        for (object_, person, side), first in since.items()
    )  # fmt: skip
    _insert(connection, "hand", hands)
    _insert(connection, "act", (one._asdict() for one in acts))


def _deliveries(connection: sa.Connection) -> Iterator[Known]:
    rows = _table("delivery", "id", "flow_item_id", "organisation_id", "recipient_id")
    for row in connection.execute(sa.select(rows)):
        both = {DISCLOSER: row.organisation_id, RECIPIENT: row.recipient_id}
        yield Known(f"flow:{row.flow_item_id}", f"delivery:{row.id}", both)


def _flows(connection: sa.Connection) -> Iterator[Known]:
    """The versions of flows, by their ids: that is what events of versions carry, and a hash may name several."""
    version = _table("item_version", "id", "item_id", "organisation_id", "content")
    item = _table("item", "id", "kind")
    rows = sa.select(version).join(item, item.c.id == version.c.item_id).where(item.c.kind == "flow")
    for row in connection.execute(rows):
        both = {DISCLOSER: row.organisation_id, RECIPIENT: str(parse(row.content).get("recipient", ""))}
        yield Known(f"flow:{row.item_id}", f"version:{row.id}", both)


def _series(connection: sa.Connection) -> Iterator[Known]:
    for name, prefix, side in (("source_change", "source-change", DISCLOSER), ("table_version", "table", RECIPIENT)):
        for row in connection.execute(sa.select(_table(name, "id", "measure_slug", "organisation_id"))):
            yield Known(f"series:{row.measure_slug}", f"{prefix}:{row.id}", {side: row.organisation_id})


def _from_log(connection: sa.Connection, known: Mapping[str, Known]) -> Iterator[Act]:
    event = _table("event", "number", "type", "person_id", "subject", "data", "recorded_at")
    rows = sa.select(event).where(event.c.type.in_(SIDES)).order_by(event.c.number)
    for row in connection.execute(rows.execution_options(yield_per=AT_ONCE)):
        subject = row.subject
        if row.type in OF_FLOWS:
            subject = f"version:{parse(row.data).get('version', '')}"
        yield from _act(known, subject, row.person_id, row.type, row.recorded_at, told_of=row.subject)


def _from_rows(connection: sa.Connection, known: Mapping[str, Known]) -> Iterator[Act]:
    """What rows say that somebody did, whether the log tells of it or not."""
    delivery = _table("delivery", "id", "created_by", "prepared_by", "contributors", "sent_by", "created_at")
    for row in connection.execute(sa.select(delivery)):
        for person in (row.created_by, row.prepared_by, *parse(row.contributors)):
            yield from _act(known, f"delivery:{row.id}", person, "DeliveryStarted", row.created_at)
        yield from _act(known, f"delivery:{row.id}", row.sent_by, "DeliverySent", row.created_at)
    for name, prefix, of, person, when, type_ in (
        ("delivery_disclosure", "delivery", "delivery_id", "person_id", "decided_at", "DeliveryDisclosed"),
        ("delivery_decision", "delivery", "delivery_id", "person_id", "decided_at", "DeliveryDecided"),
        ("completion_request", "delivery", "delivery_id", "asked_by", "asked_at", "CompletionAsked"),
        ("completion_request", "delivery", "delivery_id", "answered_by", "answered_at", "DeliveryCompleted"),
        ("item_contribution", "version", "version_id", "person_id", "since", "DraftRevised"),
        ("item_decision", "version", "version_id", "person_id", "decided_at", "VersionDecided"),
        ("flow_assessment", "version", "version_id", "person_id", "recorded_at", "FlowAssessed"),
        ("table_decision", "table", "table_version_id", "person_id", "decided_at", "TableDecided"),
        ("source_change", "source-change", "id", "declared_by", "declared_at", "SourceChangeDeclared"),
    ):
        rows = _table(name, of, person, when)
        for subject, who, moment in connection.execute(sa.select(rows.c[of], rows.c[person], rows.c[when])):
            yield from _act(known, f"{prefix}:{subject}", who, type_, moment)


def _act(
    known: Mapping[str, Known], subject: str, person: str | None, type_: str, moment: Any, told_of: str | None = None
) -> Iterator[Act]:
    """The act, where a person did it, and where what it was done with is one that has two sides."""
    about, side = known.get(subject), SIDES[type_]
    if about is not None and person not in NOBODY and about.organisations.get(side):
        yield Act(about.object, person, side, type_, told_of or subject, about.organisations[side], moment)


def _table(name: str, *columns: str) -> sa.TableClause:
    moment = registry.columns.UtcDateTime(timezone=True)
    of_moments = {"acted_at", "since"} | {one for one in columns if one.endswith("_at")}
    return sa.table(name, *(sa.column(one, moment if one in of_moments else None) for one in columns))


def _insert(connection: sa.Connection, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    kept = list(rows)
    for first in range(0, len(kept), AT_ONCE):
        some = kept[first : first + AT_ONCE]
        connection.execute(sa.insert(_table(name, *some[0])), some)
