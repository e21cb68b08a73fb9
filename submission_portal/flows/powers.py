"""Who may do what with lines."""

from registry.actors import Role
from registry.findings import Text
from registry.hands import Side
from registry.powers import EITHER_SIDE, THE_OTHER_SIDE, THE_RECIPIENT, THE_REGION, Power, Powers
from submission_portal.flows.suspending import SUSPEND
from submission_portal.flows.timetables.agreeing import MAY_AGREE
from submission_portal.flows.timetables.joining import MAY_STEP

LINES = Powers(
    Text("Leveranslinjer", "Delivery lines"),
    10,
    (
        Power(
            Text(
                "Föreslå en linje, ändra utkastet och skicka det för beslut",
                "Propose a line, change the draft and send it to be decided",
            ),
            THE_REGION,
            (Role.DATA_OFFICER,),
            THE_OTHER_SIDE,
            ("DraftCreated", "DraftRevised", "VersionSubmitted"),
        ),
        Power(
            Text("Besluta om en linje", "Decide on a line"),
            THE_RECIPIENT,
            (Role.QUALITY_REVIEWER,),
            Text(
                "Den som hör till regionen, har skrivit förslaget, eller har agerat för regionen i linjen.",
                "Whoever belongs to the region, wrote the proposal, or has acted for the region in the line.",
            ),
            ("VersionDecided",),
        ),
        Power(
            Text("Återta en linje", "Withdraw a line"),
            THE_REGION,
            (Role.DATA_OFFICER,),
            THE_OTHER_SIDE,
            ("VersionWithdrawn",),
        ),
        Power(
            Text("Stoppa en linje eller en användning genast", "Suspend a line or a use at once"),
            EITHER_SIDE,
            (*SUSPEND[Side.DISCLOSER], *SUSPEND[Side.RECIPIENT], Role.ADMINISTRATOR),
            Text(
                "Den som har agerat för andra sidan i linjen. Den centrala administratören stoppar bara, och för mottagaren.",
                "Whoever has acted for the other side in the line. The central administrator only suspends, and for the recipient.",
            ),
            ("FlowSuspended",),
        ),
        Power(
            Text("Öppna det som sidan har stoppat", "Resume what the side has suspended"),
            EITHER_SIDE,
            (*SUSPEND[Side.DISCLOSER], *SUSPEND[Side.RECIPIENT]),
            Text(
                "Den som själv stoppade, och den som har agerat för andra sidan.",
                "Whoever suspended it themself, and whoever has acted for the other side.",
            ),
            ("FlowResumed",),
        ),
        Power(
            Text(
                "Föreslå, godta och avböja sista dagar för leveranser",
                "Propose, agree to and decline last days for deliveries",
            ),
            EITHER_SIDE,
            MAY_AGREE,
            Text(
                "Den som har agerat för andra sidan. Ingen godtar vad den egna sidan föreslog.",
                "Whoever has acted for the other side. Nobody agrees to what their own side proposed.",
            ),
            ("DueDateProposed", "DueDateAgreed", "DueDateDeclined", "DueDateTakenBack"),
        ),
        Power(
            Text("Låta regionen gå med, göra uppehåll eller lämna", "Have the region join, pause or leave"),
            THE_REGION,
            MAY_STEP,
            THE_OTHER_SIDE,
            ("ParticipationChanged",),
        ),
    ),
)
"""In each act the object is the line, with everything that is delivered in it."""
