"""The letter that says that there is a message. It says nothing else: what happened is read in the registry, by who is signed in. Pure."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3)."""
SUBJECT = "Nytt meddelande i Vårdplatsregistret / New message"
BODY = """\
Det finns ett nytt meddelande till dig i Vårdplatsregistret. Logga in för att läsa det:
{inbox}
Du väljer själv om du vill ha e-post: {settings}

There is a new message for you in the registry. Sign in to read it:
{inbox}
You choose whether to get e-mail: {settings}
"""


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address that a letter can be sent to, and nothing else.

    >>> is_address("anna.b@region.example"), is_address("anna"), is_address("a@b.se\\nBcc: c@d.se")
    (True, False, False)
    """
    return len(text) <= LONGEST and ADDRESS.fullmatch(text) is not None and ".." not in text


def letter(to: str, sender: str, *, inbox: str, settings: str, now: datetime) -> EmailMessage:
    """The letter, marked as sent by a machine (RFC 3834). ``inbox`` and ``settings`` are addresses of pages."""
    made = EmailMessage()
    made["Subject"] = SUBJECT
    made["From"] = Address("Vårdplatsregistret", addr_spec=sender)
    made["To"] = Address(addr_spec=to)
    made["Date"] = format_datetime(now)
    made["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(BODY.format(inbox=inbox, settings=settings))
    return made
