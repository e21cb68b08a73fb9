"""What the events of lines and uses say, by type."""

from registry.findings import Text

TEXTS = {
    "DueDateProposed": Text(
        "En sida föreslog sista dagar för leveranserna i en linje.",
        "One side proposed last days for the deliveries of a line.",
    ),
    "DueDateAgreed": Text(
        "Den andra sidan godtog de föreslagna sista dagarna i en linje.",
        "The other side agreed to the proposed last days of a line.",
    ),
    "DueDateDeclined": Text(
        "Den andra sidan avböjde de föreslagna sista dagarna i en linje.",
        "The other side declined the proposed last days of a line.",
    ),
    "DueDateTakenBack": Text(
        "Ett förslag om sista dagar i en linje togs tillbaka.",
        "A proposal on last days of a line was taken back.",
    ),
    "ParticipationChanged": Text(
        "En region gick med, gjorde uppehåll, återupptog eller lämnade, i en linje eller i hela piloten.",
        "A region joined, paused, resumed or left, in a line or in the whole pilot.",
    ),
    "FlowSuspended": Text(
        "En leveranslinje eller en användning stoppades tills vidare av en av sidorna.",
        "One of the sides suspended a delivery line or a use.",
    ),
    "FlowResumed": Text(
        "En leveranslinje eller en användning öppnades igen av den sida som hade stoppat den.",
        "A delivery line or a use was resumed by the side that had suspended it.",
    ),
    "FlowAssessed": Text(
        "En rättslig bedömning av en leveranslinje eller en användning sparades.",
        "A legal assessment of a delivery line or a use was kept.",
    ),
    "FlowCarriedOver": Text(
        "En leveranslinje fördes över till en ny version utan ändrad betydelse.",
        "A delivery line was carried over to a new version whose meaning is the same.",
    ),
    "FlowAskedToReconfirm": Text(
        "En leveranslinje måste bekräftas på nytt, eftersom en version den vilar på ändrade betydelse eller återtogs.",
        "A delivery line must be confirmed anew, since a version that it rests on changed its meaning or was withdrawn.",
    ),
}
