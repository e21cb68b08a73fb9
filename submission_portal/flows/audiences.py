"""Who a table version is for. Pure."""

from enum import StrEnum

from registry.findings import Text


class Audience(StrEnum):
    """Whose people see a table version, from its release time on. The wider comes later."""

    OWN_REGION = "own_region"
    """The region that the version names."""
    RECIPIENT = "recipient"
    """The recipient that owns it: the follow-up's own people."""
    PUBLIC = "public"
    """Everybody."""

    @property
    def label(self) -> Text:
        return LABELS[self]

    @property
    def breadth(self) -> int:
        """The narrower audience first: who belongs to several reads what is made for the narrowest.

        >>> sorted(Audience, key=lambda one: one.breadth)[0].value
        'own_region'
        """
        return NARROWEST_FIRST.index(self)


NARROWEST_FIRST = tuple(Audience)
LABELS = {
    Audience.OWN_REGION: Text("den egna regionen", "the region itself"),
    Audience.RECIPIENT: Text("mottagaren", "the recipient"),
    Audience.PUBLIC: Text("alla", "everybody"),
}
