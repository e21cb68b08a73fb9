"""The words in which control questions have been asked, for as long as a decision rests on them."""

from datetime import datetime

from sqlalchemy import Boolean, String
from sqlalchemy.orm import Mapped, mapped_column

from legal_checks.secrecy.words import Words
from registry.columns import Base, Recorded, UtcDateTime


class QuestionWords(Base):
    """One content of `legal_checks.secrecy.words`, kept when the first decision is taken in it. Never changed."""

    __tablename__ = "question_words"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    words: Mapped[Words] = mapped_column(Recorded(Words))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_frozen: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether these are the words of the day of the upgrade, in which decisions are read that kept none of their own."""
