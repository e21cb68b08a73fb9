"""Who may do what with lines, and with uses of what they deliver."""

from registry.actors import Role
from registry.findings import Text
from registry.hands import Side
from registry.powers import EITHER_SIDE, THE_OTHER_SIDE, THE_RECIPIENT, THE_REGION, Power, Powers
from submission_portal.flows.agreeing.services import AUTHORS_OF_EITHER
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

DECIDE_FOR_THE_RECIPIENT = (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
ACCEPT_FOR_THE_REGION = (Role.DISCLOSING_OFFICER,)
USES = Powers(
    Text("Användningar", "Uses"),
    15,
    (
        Power(
            Text(
                "Föreslå en användning, ändra utkastet och skicka det till båda sidor",
                "Propose a use, change the draft and send it to both sides",
            ),
            EITHER_SIDE,
            AUTHORS_OF_EITHER,
            THE_OTHER_SIDE,
            ("DraftCreated", "DraftRevised", "VersionSubmitted"),
        ),
        Power(
            Text(
                "Besluta om en användning, om kvalitet och om juridik var för sig",
                "Decide on a use, on quality and on law separately",
            ),
            THE_RECIPIENT,
            DECIDE_FOR_THE_RECIPIENT,
            Text(
                "Den som hör till regionen, har skrivit förslaget, eller har agerat för regionen i linjen. Ingen beslutar om båda.",
                "Whoever belongs to the region, wrote the proposal, or has acted for the region in the line. Nobody decides on both.",
            ),
            ("VersionDecided",),
        ),
        Power(
            Text(
                "Godta en användning, också för det som redan har levererats",
                "Accept a use, also for what has been delivered already",
            ),
            THE_REGION,
            ACCEPT_FOR_THE_REGION,
            Text(
                "Den som hör till mottagaren, har skrivit förslaget, eller har agerat för mottagaren i linjen.",
                "Whoever belongs to the recipient, wrote the proposal, or has acted for the recipient in the line.",
            ),
            ("VersionDecided",),
        ),
        Power(
            Text("Återta en användning som gäller, ensam och genast", "Take back a use in force, alone and at once"),
            EITHER_SIDE,
            (*DECIDE_FOR_THE_RECIPIENT, *ACCEPT_FOR_THE_REGION),
            THE_OTHER_SIDE,
            ("VersionWithdrawn",),
        ),
    ),
)
"""Suspending and resuming a use is as for a line. The object of each act is the line that is used: who has acted for one side of
it acts for the other in none of its uses."""
