"""the words of editions, each once and backwards too: by which endings and misspelt words are found

Revision: 0022, after 0021
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOST_BYTES = 400
AT_ONCE = 20_000


def upgrade() -> None:
    op.create_table(
        "edition_spelling",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.LargeBinary(length=MOST_BYTES), nullable=False),
        sa.Column("backwards", sa.LargeBinary(length=MOST_BYTES), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["edition_file.id"], name=op.f("fk_edition_spelling_file_id")),
        sa.PrimaryKeyConstraint("file_id", "word", name=op.f("pk_edition_spelling")),
        sqlite_with_rowid=False,
    )
    _spell_what_is_there()
    op.create_index("ix_edition_spelling_backwards", "edition_spelling", ["file_id", "backwards"])


def downgrade() -> None:
    op.drop_table("edition_spelling")


def _spell_what_is_there() -> None:
    connection = op.get_bind()
    spelling = sa.table("edition_spelling", sa.column("file_id"), sa.column("word"), sa.column("backwards"))
    rows = _distinct(connection)
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(sa.insert(spelling), some)


def _distinct(connection: sa.Connection) -> Iterator[dict[str, object]]:
    """Each word of each file once. They are read in pages: the rows that are written go by the same connection."""
    words = sa.table("edition_word", sa.column("file_id"), sa.column("word"))
    last: tuple[int, bytes] | None = None
    while True:
        page = sa.select(words.c.file_id, words.c.word).distinct().order_by(words.c.file_id, words.c.word).limit(AT_ONCE)
        if last is not None:
            file_id, word = last
            page = page.where(
                sa.or_(words.c.file_id > file_id, sa.and_(words.c.file_id == file_id, words.c.word > word))
            )
        found = [(file_id, bytes(word)) for file_id, word in connection.execute(page)]
        for file_id, word in found:
            yield {"file_id": file_id, "word": word, "backwards": word.decode()[::-1].encode()}
        if len(found) < AT_ONCE:
            return
        last = found[-1]
