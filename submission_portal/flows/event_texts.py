"""What the events of flows say, by type."""

from registry.findings import Text

TEXTS = {
    "FlowAssessed": Text(
        "En rättslig bedömning av ett dataflöde sparades.", "A legal assessment of a data flow was kept."
    ),
    "FlowCarriedOver": Text(
        "Ett dataflöde fördes över till en ny version utan ändrad betydelse.",
        "A data flow was carried over to a new version whose meaning is the same.",
    ),
    "FlowAskedToReconfirm": Text(
        "Ett dataflöde måste bekräftas på nytt, eftersom en version det vilar på ändrade betydelse eller återtogs.",
        "A data flow must be confirmed anew, since a version that it rests on changed its meaning or was withdrawn.",
    ),
}
