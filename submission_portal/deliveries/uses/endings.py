"""Why a delivery may no longer be used for a use that its region named. Pure."""

from enum import StrEnum

from registry.findings import Text


class Ending(StrEnum):
    """Kept as `DeliveryUse.ended_because`."""

    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    SUCCEEDED = "succeeded"
    NOT_NAMED = "not_named"

    @property
    def label(self) -> Text:
        return LABELS[self]


LABELS = {
    Ending.WITHDRAWN: Text("återtagen", "withdrawn"),
    Ending.ENDED: Text("gällde inte när leveransen skickades", "not in force when the delivery was sent"),
    Ending.SUCCEEDED: Text("ersatt av en beslutad användning", "succeeded by a decided use"),
    Ending.NOT_NAMED: Text("inte med i ett senare beslut", "not in a later decision"),
}


def label_of(reason: str) -> Text:
    """A stored reason in words; one of an earlier release stands as it was written.

    >>> label_of("withdrawn").en, label_of("elsewhere").en
    ('withdrawn', 'elsewhere')
    """
    return Ending(reason).label if reason in LABELS else Text(reason, reason)
