"""By which roads a line takes deliveries. All of them meet in one index of periods. Pure."""

from enum import StrEnum

from registry.findings import Text


class Channel(StrEnum):
    """How what is delivered comes in."""

    FILE = "file"
    FORM = "form"
    API = "api"
    """A machine of the region's."""

    @property
    def label(self) -> Text:
        return LABELS[self]


LABELS = {
    Channel.FILE: Text("fil", "file"),
    Channel.FORM: Text("formulär", "form"),
    Channel.API: Text("maskin till maskin", "machine to machine"),
}
