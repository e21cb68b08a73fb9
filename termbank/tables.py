"""The term bank's own tables: the numbers of concepts."""

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base


class ConceptNumber(Base):
    """The number of a concept: unique over all schemes, given once, never given again."""

    __tablename__ = "concept_number"

    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, unique=True)
