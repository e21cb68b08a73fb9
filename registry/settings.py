"""Every setting, with its default and its help, in one tuple. Set one as ``REGISTRY_<NAME>`` in the environment."""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import click

from registry.addresses import TrustedProxies
from registry.root import ROOT
from registry.uploads import LARGEST_UPLOAD

PREFIX = "REGISTRY_"
SERVED = "served_at"
YES, NO = ("1", "true", "yes", "on", "ja"), ("0", "false", "no", "off", "nej")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class BadSetting(click.ClickException, ValueError):
    """A setting whose text cannot be read. A command says so in one line, without a traceback."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: ``read`` turns the environment's text into its value."""

    name: str
    default: Any
    help: str
    read: Callable[[str], Any] = str
    is_secret: bool = False
    """Never written anywhere, a backup's manifest included."""


def _yes(text: str) -> bool:
    word = text.strip().lower()
    if word not in (*YES, *NO):
        raise ValueError("neither yes nor no")
    return word in YES


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError("not a positive number")
    return number


def _level(text: str) -> str:
    if (name := text.strip().upper()) not in LEVELS:
        raise ValueError("no level")
    return name


def _positive_number(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError(text)
    return number


SETTINGS = (
    Setting(
        "INSTANCE",
        ROOT / "instance",
        "Folder for everything that this instance keeps.",
        lambda text: Path(text).resolve(),
    ),
    Setting("DATABASE_URL", "", "SQLAlchemy address of the database; empty: SQLite in the instance folder."),
    Setting(
        "BASE_ADDRESS", "", "Base of the addresses written into exports; empty: where the instance was last served."
    ),
    Setting(
        "SECRET_KEY", "", "Key that signs cookies; empty: made once and kept in the instance folder.", is_secret=True
    ),
    Setting(
        "COOKIE_SECURE",
        False,
        "Send cookies over HTTPS only (yes or no); set it wherever the registry is not on loopback.",
        _yes,
    ),
    Setting(
        "TRUSTED_PROXIES",
        TrustedProxies(),
        "Comma-separated addresses and networks of the proxies that may say from where, how and to which host a request "
        "came (X-Forwarded-For, -Proto, -Host), and the word unix for those that connect through a Unix socket.",
        TrustedProxies.parse,
    ),
    Setting("UPLOAD_BYTES", LARGEST_UPLOAD, "Largest upload, in bytes; a positive whole number.", _positive),
    Setting(
        "LARGE_UPLOADS",
        2,
        "Uploads of more than 1 MiB that an instance takes at a time; the others wait. A positive whole number.",
        _positive,
    ),
    Setting(
        "UPLOADS_IN_HAND",
        3,
        "Large uploads that one web process reads or lets wait, fewer than its threads; more are asked to come again.",
        _positive,
    ),
    Setting("SESSION_HOURS", 10, "How long a sign-in lasts, in hours; a positive whole number.", _positive),
    Setting("LOG_LEVEL", "INFO", f"Least level that is logged: {', '.join(LEVELS)}.", _level),
    Setting("HEADER_SECONDS", 15.0, "Seconds that a client has for the headers of a request.", _positive_number),
    Setting(
        "LEAST_RATE",
        16384.0,
        "Bytes a second that a client must send of a body or read of an answer.",
        _positive_number,
    ),
    Setting(
        "PATIENCE_SECONDS", 30.0, "Seconds that a client may stand still in the middle of either.", _positive_number
    ),
    Setting("CONNECTIONS", 500, "Connections of one web process; at more, those that only wait are closed.", _positive),
    Setting("FREE_BYTES", 512 * 2**20, "Least free space of the instance's disks, for `/health/ready`.", _positive),
    Setting("DUE_JOB_SECONDS", 900.0, "How long a job may wait for a worker, for `/health/ready`.", _positive_number),
    Setting(
        "CLOCK_SECONDS",
        60.0,
        "How far the clock may be behind the newest event, for `/health/ready`.",
        _positive_number,
    ),
    Setting(
        "API_RATE",
        6000,
        "Requests a minute of one machine client to one web process; a positive whole number.",
        _positive,
    ),
    Setting(
        "API_PUBLIC_RATE",
        600,
        "Requests a minute without a token, or for one, from one address to one web process; a positive whole number.",
        _positive,
    ),
    Setting("CONTACT_NAME", "Vårdplatsregistrets förvaltning", "Who is asked about the interface for machines."),
    Setting(
        "CONTACT_EMAIL",
        "forvaltning@registret.invalid",
        "Their e-mail address; set it: the interface for machines names it.",
    ),
    Setting(
        "MAIL_SERVER",
        "",
        "Mail server that letters about messages go through, as host or host:port; empty: none are sent.",
    ),
    Setting("MAIL_FROM", "registret@localhost", "Address that such letters come from, and that bounces go to."),
    Setting("MAIL_STARTTLS", True, "Encrypt the connection to the mail server (yes or no).", _yes),
    Setting("MAIL_USER", "", "User name at the mail server; empty: it asks for none."),
    Setting("MAIL_PASSWORD", "", "Password at the mail server.", is_secret=True),
    Setting("BUFFER_BYTES", 256 * 2**20, "Bytes of large bodies that one web process holds at once.", _positive),
)


def load(environment: Mapping[str, str] | None = None, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All settings with Flask's and the libraries' derived from them.

    Raises `BadSetting` naming the setting where its text cannot be read.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environment.get(PREFIX + setting.name)
        try:
            values[setting.name] = setting.default if text in (None, "") else setting.read(text)
        except ValueError as error:
            raise BadSetting(f"{PREFIX}{setting.name} cannot be {text!r} ({error}). {setting.help}") from error
    values |= overrides or {}
    instance: Path = values["INSTANCE"]
    values["DATABASE_URL"] = values["DATABASE_URL"] or f"sqlite:///{instance / 'registry.db'}"
    values["BASE_ADDRESS"] = (values["BASE_ADDRESS"] or served_address(instance)).rstrip("/") + "/"
    return values | {
        "MAX_CONTENT_LENGTH": values["UPLOAD_BYTES"],
        "MAX_FORM_MEMORY_SIZE": 2 * 2**20,
        "SESSION_COOKIE_NAME": "registry",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": values["COOKIE_SECURE"],
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "sv",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Stockholm",
    }


def keep_served_address(instance: Path, address: str) -> None:
    """Let commands on a local instance write the addresses that its server answers on."""
    instance.mkdir(parents=True, exist_ok=True)
    (instance / SERVED).write_text(f"{address}\n")


def served_address(instance: Path) -> str:
    """Where the instance was last served on this machine; before that, where it is served unless told otherwise."""
    try:
        return (instance / SERVED).read_text().strip()
    except FileNotFoundError:
        return "http://127.0.0.1:8000/"


def secret_key(instance: Path) -> str:
    """The instance's own key, made the first time it is asked for (readable by the owner only). The first of several that ask wins."""
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=instance, prefix="secret_key.") as file:  # 0600
            file.write(secrets.token_hex(32))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text().strip()
