"""What the web server tells the application of a request whose body it did not keep."""

from enum import StrEnum

REFUSED = "registry.body_refused"
"""Key of the WSGI environment: why a body was thrown away, a `BodyRefused`."""


class BodyRefused(StrEnum):
    """Why the server did not keep a request's body. The application answers the request without it."""

    LARGE = "large"
    """It is larger than the largest upload."""
    STRANGER = "stranger"
    """It is large, and nobody is signed in: the application sees a request without a body, and says so."""
    BUSY = "busy"
    """Too many large bodies are on their way at once."""
