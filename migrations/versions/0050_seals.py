"""seals of rows, and the tree over the log

Events that there are get a salt each and become the tree's first leaves; their hashes stay. What stands in the rows is sealed
by one event once every migration has been run (`registry.auditing.beginning`): proof begins there.

Revision: 0050, after 0049
"""

import hashlib
import secrets
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0050"
down_revision: str | None = "0049"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 1000
EMPTY_LEAF = hashlib.sha256(b"\x00").digest()


def upgrade() -> None:
    op.create_table(
        "sealed_row",
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(64), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("table_name", "key", "number", name=op.f("pk_sealed_row")),
    )
    op.create_index("ix_sealed_row_number", "sealed_row", ["number"])
    nodes = op.create_table(
        "log_node",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("number", "level", name=op.f("pk_log_node")),
    )
    op.create_table(
        "signed_head",
        sa.Column("size", BIG, autoincrement=False, nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kid", sa.String(43), nullable=False),
        sa.Column("signature", sa.String(86), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_signed_head")),
    )
    op.add_column("event", sa.Column("rows_hash", sa.String(64), nullable=True))
    op.add_column("event", sa.Column("salt", sa.String(32), nullable=False, server_default=""))
    op.add_column("delivery_receipt", sa.Column("event_number", BIG, nullable=True))
    _grow(nodes)


def downgrade() -> None:
    op.drop_column("delivery_receipt", "event_number")
    op.drop_column("event", "salt")
    op.drop_column("event", "rows_hash")
    op.drop_table("signed_head")
    op.drop_table("log_node")
    op.drop_index("ix_sealed_row_number", table_name="sealed_row")
    op.drop_table("sealed_row")


def _grow(nodes: sa.Table) -> None:
    """A salt for each event, and the nodes of the tree over them all (RFC 9162, 2.1)."""
    event = sa.table("event", sa.column("number", BIG), sa.column("hash", sa.String), sa.column("salt", sa.String))
    connection, frontier, after = op.get_bind(), list[bytes](), 0
    salted = sa.update(event).where(event.c.number == sa.bindparam("of")).values(salt=sa.bindparam("drawn"))
    query = sa.select(event.c.number, event.c.hash).order_by(event.c.number).limit(AT_ONCE)
    place = 0
    while some := connection.execute(query.where(event.c.number > after)).all():
        made, drawn = list[dict[str, object]](), list[dict[str, object]]()
        for number, hash_ in some:
            for lost in range(place + 1, number):  # the check says that it is missing
                made += _add(frontier, lost - 1, EMPTY_LEAF)
            salt = secrets.token_bytes(16)
            drawn.append({"of": number, "drawn": salt.hex()})
            made += _add(frontier, number - 1, hashlib.sha256(b"\x00" + _bytes(hash_) + salt).digest())
            place = after = number
        connection.execute(salted, drawn)
        connection.execute(sa.insert(nodes), made)


def _bytes(hash_: str) -> bytes:
    """A hash that somebody has written something else over is a leaf all the same: the check says what is wrong with it."""
    try:
        return bytes.fromhex(hash_)
    except ValueError:
        return hash_.encode()


def _add(frontier: list[bytes], place: int, found: bytes) -> Iterator[dict[str, object]]:
    level = 0
    yield {"number": place + 1, "level": 0, "hash": found}
    while place >> level & 1:
        found = hashlib.sha256(b"\x01" + frontier.pop() + found).digest()
        level += 1
        yield {"number": place + 1, "level": level, "hash": found}
    frontier.append(found)
