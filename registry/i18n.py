"""Languages: Swedish first, English second.

Interface texts are gettext with English msgids; each package keeps its Swedish catalogue in its own ``translations/``.
The readable ``.po`` files are what the repository holds; compiled ones are made beside them when they are older.
Domain content is bilingual in itself (`findings.Text`, or ``{"sv": …, "en": …}``).
"""

import os
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale

from registry import clock
from registry.findings import Text
from registry.period import Period
from registry.root import ROOT

PACKAGES = ("registry", "termbank", "information_models", "submission_portal")
LANGUAGES = ("sv", "en")
COOKIE = "language"
FOR_MACHINES = "/api/v"
"""What addresses begin with whose readers have no cookies (`registry.api.addresses`)."""
ROUNDING = Context(prec=100, rounding=ROUND_HALF_UP)
"""As people round, and as ratios are rounded: 420.25 is 420.3, not the even 420.2."""
MINUS, SPACE = "\u2212", "\u00a0"


def choose_language() -> str:
    """The reader's choice (a cookie); Swedish otherwise, whatever the browser prefers. A program asks by ``Accept-Language``."""
    if has_request_context() and request.path.startswith(FOR_MACHINES):
        return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])
    chosen = request.cookies.get(COOKIE) if has_request_context() else None
    return chosen if chosen in LANGUAGES else "sv"


def current_language() -> str:
    """``"sv"`` or ``"en"``; ``"sv"`` outside a request."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "sv"


def read(value: Text | Mapping[str, Any] | str | None) -> str:
    """Bilingual content in the current language; the other language where one is missing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    language = current_language()
    if isinstance(value, Text):
        return value.in_language(language)
    return value.get(language) or value.get("sv") or value.get("en") or ""


def show_date(value: date | datetime | str | None) -> str:
    """``1 mars 2018`` / ``1 March 2018``."""
    if value in (None, ""):
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return format_date(value, "d MMMM y", locale=current_language())


def show_datetime(value: datetime | None) -> str:
    """``1 mars 2018 kl. 14.05`` / ``1 March 2018 at 14:05``, Swedish local time."""
    if value is None:
        return ""
    pattern = "d MMMM y 'at' HH:mm" if current_language() == "en" else "d MMMM y 'kl.' HH.mm"
    return format_datetime(clock.local(value).replace(tzinfo=None), pattern, locale=current_language())


def show_figure(value: int | str | float | Decimal | None, decimals: int | None = None) -> str:
    """A figure as people write it: ``25 476`` and ``3,5`` in Swedish, ``25 476`` and ``3.5`` in English."""
    if value is None:
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), context=ROUNDING)
    text = f"{number.copy_abs():,f}"
    whole, _, part = text.partition(".")
    point = "." if current_language() == "en" else ","
    return (MINUS if number < 0 else "") + whole.replace(",", SPACE) + (point + part if part else "")


def show_period(value: Period | str | None) -> str:
    """A period in words: ``första halvåret 2016``."""
    if value in (None, ""):
        return ""
    period = value if isinstance(value, Period) else Period.parse(str(value))
    return period.label(current_language())


def show_hash(value: str | None) -> str:
    """The beginning and end of a hash: ``7c1e 90b4 … 52fa``."""
    return f"{value[:4]} {value[4:8]} … {value[-4:]}" if value else ""


def show_size(value: int) -> str:
    """Bytes as people write them: ``14 kB``."""
    for unit, size in (("MB", 10**6), ("kB", 10**3)):
        if value >= size:
            return f"{show_figure(round(value / size, 1 if value < 10 * size else 0))}{SPACE}{unit}".replace(
                ",0", ""
            ).replace(".0", "")
    return f"{value}{SPACE}B"


FILTERS = {
    "text": read, "date": show_date, "datetime": show_datetime, "figure": show_figure, "period": show_period,
    "shorthash": show_hash, "filesize": show_size,
}  # fmt: skip


def catalogue_folders() -> list[Path]:
    return [ROOT / package / "translations" for package in PACKAGES]


def compile_catalogues() -> None:
    """Make each ``.mo`` that is missing or older than its ``.po``; whole files only, so that several may do it at once."""
    for folder in catalogue_folders():
        for source in folder.glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            with source.open("rb") as file:
                catalogue = read_po(file)
            descriptor, temporary = tempfile.mkstemp(dir=source.parent)
            with os.fdopen(descriptor, "wb") as file:
                write_mo(file, catalogue)
            os.replace(temporary, target)


def init_app(app: Flask) -> None:
    compile_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(folder) for folder in catalogue_folders())
    Babel(app, locale_selector=choose_language)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["current_language"] = current_language
