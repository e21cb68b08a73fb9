"""Days and numbers as content has them: texts, since JSON has neither. Periods have `Period.parse` and ``str``. Pure."""

from datetime import date
from decimal import Decimal


def day_of(written: str | None) -> date | None:
    """The day that was written. Raises ``ValueError`` for one that no calendar has.

    >>> day_of("2026-01-31"), day_of(None)
    (datetime.date(2026, 1, 31), None)
    """
    return date.fromisoformat(written) if written else None


def written_day(day: date | None) -> str | None:
    """
    >>> written_day(date(2026, 1, 31))
    '2026-01-31'
    """
    return day.isoformat() if day else None


def decimal_of(written: str | None) -> Decimal | None:
    """The number that was written. Raises ``ArithmeticError`` where it is none.

    >>> decimal_of("12.50"), decimal_of(None)
    (Decimal('12.50'), None)
    """
    return None if written is None else Decimal(written)


def written_decimal(number: Decimal | None) -> str | None:
    """
    >>> written_decimal(Decimal("12.50")), written_decimal(Decimal(0))
    ('12.50', '0')
    """
    return None if number is None else str(number)
