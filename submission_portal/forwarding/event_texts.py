"""What the events of forwarding say, by type."""

from registry.findings import Text

TEXTS = {
    "DeliveryReleased": Text(
        "En leverans frisläpptes till det nationella lagret.", "A delivery was released to the national store."
    ),
    "ReleaseWithdrawn": Text("Ett frisläppande togs tillbaka.", "A release was withdrawn."),
    "ReleaseForwarded": Text(
        "Uppgifterna skrevs in i det nationella lagret.", "The data was written into the national store."
    ),
}
