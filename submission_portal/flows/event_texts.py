"""What the events of flows say, by type."""

from registry.findings import Text

TEXTS = {
    "FlowSuspended": Text(
        "Ett dataflöde stoppades tills vidare av en av sidorna.", "One of the sides suspended a data flow."
    ),
    "FlowResumed": Text(
        "Ett dataflöde öppnades igen av den sida som hade stoppat det.",
        "A data flow was resumed by the side that had suspended it.",
    ),
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
