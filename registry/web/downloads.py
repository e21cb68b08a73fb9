"""Files that people take with them: what is offered on a page, the options in an address, and the answer itself."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from flask import Response, request

from registry.finding_catalogue import ReadableFinding
from registry.formats import Format, Options
from registry.i18n import current_language
from registry.web.problems import readable

S = TypeVar("S")


class Offer(NamedTuple):
    """A row of ``ui.downloads``: the link, what is said beside it, and what the file cannot carry."""

    label: str
    href: str
    about: str | None = None
    losses: tuple[ReadableFinding, ...] = ()


def offers(
    formats: Iterable[Format[S]], source: S, address: Callable[[Format[S]], str], *, options: Options | None = None
) -> list[Offer]:
    """The formats of a source as rows in the reader's language; ``address`` says where a format's file is."""
    language = current_language()
    chosen = options or Options(language)
    return [
        Offer(
            one.label.in_language(language),
            address(one),
            one.purpose.in_language(language) or None,
            tuple(readable(loss) for loss in one.losses(source, chosen)),
        )
        for one in formats
    ]


def options_asked_for() -> Options:
    """The options in the address that was asked for; the language is the reader's."""
    return Options(current_language(), request.args.get("region"), request.args.get("period"))


def file_answer(data: bytes, media_type: str, name: str) -> Response:
    """The answer that a browser keeps as the file ``name``."""
    answer = Response(data, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
