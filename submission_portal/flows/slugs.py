"""Readable keys of lines and uses, made from what they are called."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.items.tables import Item
from registry.swedish import words

LONGEST = 100
_PLAIN = {"å": "a", "ä": "a", "ö": "o"}


def free_slug(session: Session, kind: str, text: str) -> str:
    """A key from some words that no item of the kind has yet; the name of the kind's keys is held by whoever asks."""
    key = "-".join(words(text, _PLAIN))[:LONGEST].strip("-")
    taken = set(session.scalars(select(Item.slug).where(Item.kind == kind, Item.slug.like(f"{key}%"))))
    if key not in taken:
        return key
    return next(f"{key}-{number}" for number in range(2, len(taken) + 3) if f"{key}-{number}" not in taken)
