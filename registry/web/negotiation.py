"""Which kind of answer a reader asks for, where one address has a page and files (RFC 9110, 12.5.1).

@negotiates                                   the answer says `Vary: Accept`, an unchanged one (304) too
def scheme(slug): wanted = format_asked_for(FORMATS)     None: the page
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from flask import abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry.formats import Format
from registry.web.problems import problem

S = TypeVar("S")
View = TypeVar("View", bound=Callable[..., Any])
PAGE = "text/html"


def negotiates(view: View) -> View:
    """Declare that a view's answer depends on what is accepted."""
    view.negotiates = True  # type: ignore[attr-defined]
    return view


def format_asked_for(formats: Sequence[Format[S]]) -> Format[S] | None:
    """The format that the reader would rather have than the page; of several with one media type, the first.

    Ends the request with status 406, and a list of what there is, where the reader accepts nothing of it.
    """
    name = media_type_asked_for((PAGE, *(one.media_type for one in formats)))
    return next((one for one in formats if one.media_type == name), None)


def media_type_asked_for(offered: Iterable[str]) -> str:
    """The best of the media types that are offered, which come in our order; ends the request with status 406 where none is
    accepted. Without ``Accept`` it is the first."""
    names = list(dict.fromkeys(offered))
    if not request.accept_mimetypes:
        return names[0]
    best = request.accept_mimetypes.best_match(names)
    if best is None:
        abort(
            problem(
                406,
                _("The registry does not have this in the format that was asked for"),
                _("It can be had as: %(names)s.", names=", ".join(names)),
                _("Ask for one of these with the header Accept."),
            )
        )
    return best


def located_at(address: str, answer: Response) -> Response:
    """An answer that can also be fetched by itself, with that address (RFC 9110, 8.7)."""
    answer.headers["Content-Location"] = address
    return answer
