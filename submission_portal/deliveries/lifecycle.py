"""Where a delivery is in its life, and every way on. One table; anything that is not in it is refused.

A delivery is the region's own working paper until it is sent. From the moment that it is sent the recipient has received
it, and it is never removed, only refused, withdrawn or replaced. Pure.
"""

from collections.abc import Mapping
from enum import StrEnum

from registry.findings import Text


class DeliveryState(StrEnum):
    DRAFT = "draft"
    """Read and checked; errors, questions or warnings without an explanation remain."""
    CHECKING = "checking"
    """Read in or answered, and so long that the worker checks it; nobody can decide on it or send it meanwhile."""
    CHECKED = "checked"
    """Nothing remains for the data officer; the region has to decide whether to disclose."""
    DISCLOSED = "disclosed"
    """The region's disclosing officer has decided that it may be sent."""
    SENT = "sent"
    """Received; passed on within the same transaction, so nobody meets it here."""
    IN_REVIEW = "in_review"
    """A reviewer at the recipient reads the explanations."""
    RELEASED = "released"
    REFUSED = "refused"
    """The recipient did not take it into the follow-up."""
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    """A correction or a replacement has been released."""


class CorrectionKind(StrEnum):
    """How a delivery changes one that was received before."""

    CORRECTION = "correction"
    """Its rows count instead of those of the same key; the others stay."""
    REPLACEMENT = "replacement"
    """Everything that was delivered for the period is replaced."""

    @classmethod
    def named(cls, text: str | None) -> "CorrectionKind | None":
        """The kind with this name, where it is one.

        >>> CorrectionKind.named("correction"), CorrectionKind.named("corection")
        (<CorrectionKind.CORRECTION: 'correction'>, None)
        """
        return next((kind for kind in cls if kind.value == text), None)


class DeliveryAct(StrEnum):
    WAIT = "wait"
    """Its check is left to the worker."""
    CHECK = "check"
    """Checked again, with something left to do."""
    COMPLETE = "complete"
    """Checked again, with nothing left to do."""
    DISCLOSE = "disclose"
    KEEP = "keep"
    """The disclosing officer decides not to disclose."""
    SEND = "send"
    REVIEW = "review"
    RELEASE = "release"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REPLACE = "replace"


_S, _A = DeliveryState, DeliveryAct

LIFECYCLE: Mapping[tuple[DeliveryState, DeliveryAct], DeliveryState] = {
    (_S.DRAFT, _A.WAIT): _S.CHECKING,
    (_S.CHECKED, _A.WAIT): _S.CHECKING,
    (_S.DISCLOSED, _A.WAIT): _S.CHECKING,
    (_S.CHECKING, _A.WAIT): _S.CHECKING,
    (_S.CHECKING, _A.CHECK): _S.DRAFT,
    (_S.CHECKING, _A.COMPLETE): _S.CHECKED,
    (_S.CHECKING, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.DRAFT, _A.CHECK): _S.DRAFT,
    (_S.DRAFT, _A.COMPLETE): _S.CHECKED,
    (_S.DRAFT, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.CHECKED, _A.CHECK): _S.DRAFT,
    (_S.CHECKED, _A.COMPLETE): _S.CHECKED,
    (_S.CHECKED, _A.DISCLOSE): _S.DISCLOSED,
    (_S.CHECKED, _A.KEEP): _S.DRAFT,
    (_S.CHECKED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.DISCLOSED, _A.CHECK): _S.DRAFT,
    (_S.DISCLOSED, _A.COMPLETE): _S.CHECKED,
    (_S.DISCLOSED, _A.SEND): _S.SENT,
    (_S.DISCLOSED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.SENT, _A.REVIEW): _S.IN_REVIEW,
    (_S.SENT, _A.RELEASE): _S.RELEASED,
    (_S.IN_REVIEW, _A.RELEASE): _S.RELEASED,
    (_S.IN_REVIEW, _A.REFUSE): _S.REFUSED,
    (_S.IN_REVIEW, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.RELEASED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.RELEASED, _A.REPLACE): _S.REPLACED,
}

STATE_LABELS: Mapping[DeliveryState, Text] = {
    _S.DRAFT: Text("Utkast hos er region", "Draft in your region"),
    _S.CHECKING: Text("Kontrolleras", "Being checked"),
    _S.CHECKED: Text("Väntar på regionens prövning", "Waits for the region's decision"),
    _S.DISCLOSED: Text("Får skickas", "May be sent"),
    _S.SENT: Text("Mottagen", "Received"),
    _S.IN_REVIEW: Text("Granskas", "In review"),
    _S.RELEASED: Text("Frisläppt", "Released"),
    _S.REFUSED: Text("Inte godtagen", "Not accepted"),
    _S.WITHDRAWN: Text("Återtagen", "Withdrawn"),
    _S.REPLACED: Text("Ersatt", "Replaced"),
}

STATE_SIGNS: Mapping[DeliveryState, str] = {
    _S.DRAFT: "idle",
    _S.CHECKING: "wait",
    _S.CHECKED: "wait",
    _S.DISCLOSED: "info",
    _S.SENT: "ok",
    _S.IN_REVIEW: "wait",
    _S.RELEASED: "ok",
    _S.REFUSED: "stop",
    _S.WITHDRAWN: "idle",
    _S.REPLACED: "idle",
}
"""Status kind (icon and colour) by state."""

UNDER_STANDING = ("info", Text("Får skickas enligt stående beslut", "May be sent under a standing decision"))
"""Status kind and words for a checked delivery that a standing decision covers: nobody has to decide on it."""

_CORRECT = Text(
    "Rätta eller ersätt den med en ny fil, eller ta tillbaka den.",
    "Correct or replace it with another file, or take it back.",
)
_ANEW = Text("Lämna uppgifterna på nytt.", "Deliver the figures anew.")
NEXT_STEPS: Mapping[DeliveryState, Text] = {
    _S.DRAFT: Text(
        "Läs in filen på nytt eller ändra svaren. Då kontrolleras den igen, och sedan prövas den.",
        "Read in the file anew or change the answers. Then it is checked again, and decided on after that.",
    ),
    _S.CHECKING: Text("Vänta tills kontrollen är klar.", "Wait until the check is done."),
    _S.CHECKED: Text("En utlämnare i regionen prövar den.", "A disclosing officer of the region decides on it."),
    _S.DISCLOSED: Text("Uppgiftslämnaren kan skicka den.", "The data officer can send it."),
    **dict.fromkeys((_S.SENT, _S.IN_REVIEW, _S.RELEASED), _CORRECT),
    **dict.fromkeys((_S.REFUSED, _S.WITHDRAWN), _ANEW),
    _S.REPLACED: Text("Rätta den leverans som har ersatt den.", "Correct the delivery that has replaced it."),
}
"""What can be done with a delivery in each state."""

WORKING = frozenset({_S.DRAFT, _S.CHECKING, _S.CHECKED, _S.DISCLOSED})
"""Still the region's own: nothing has left it."""

RECEIVED = frozenset({_S.SENT, _S.IN_REVIEW, _S.RELEASED, _S.REFUSED, _S.REPLACED})
"""Seen by the recipient's reviewers. A withdrawn delivery is too, if it had been sent."""

STANDING = frozenset({_S.SENT, _S.IN_REVIEW, _S.RELEASED})
"""Counts as delivered for its period."""


def state_told(state: DeliveryState, *, goes: bool) -> tuple[str, Text]:
    """The status kind and the words for a state; ``goes``: a standing decision of the region covers the delivery.

    >>> state_told(DeliveryState.CHECKED, goes=False)[1].en, state_told(DeliveryState.CHECKED, goes=True)[1].en
    ("Waits for the region's decision", 'May be sent under a standing decision')
    """
    return UNDER_STANDING if goes and state is _S.CHECKED else (STATE_SIGNS[state], STATE_LABELS[state])


def after(state: DeliveryState, act: DeliveryAct) -> DeliveryState | None:
    """The state that ``act`` leads to, or ``None`` where it is not possible.

    >>> after(DeliveryState.DISCLOSED, DeliveryAct.SEND)
    <DeliveryState.SENT: 'sent'>
    >>> after(DeliveryState.DRAFT, DeliveryAct.SEND) is None
    True
    """
    return LIFECYCLE.get((state, act))
