"""What a check of the log says, in words."""

from collections.abc import Mapping

from registry.auditing.evidence import Flaw, Kind
from registry.auditing.proofs import Fault
from registry.findings import Text

KINDS: Mapping[Kind, Text] = {
    Kind.EVENTS: Text("Händelser", "Events"),
    Kind.NODES: Text("Noder i trädet", "Nodes of the tree"),
    Kind.SEALS: Text("Avtryck av rader", "Seals of rows"),
    Kind.ROWS: Text("Rader", "Rows"),
    Kind.HEADS: Text("Signerade huvuden", "Signed heads"),
    Kind.RECEIPTS: Text("Kvitton", "Receipts"),
    Kind.OBJECTS: Text("Lagrade filer", "Stored files"),
}
FLAWS: Mapping[Flaw, Text] = {
    Flaw.MISSING: Text("Händelsen saknas:", "The event is missing:"),
    Flaw.OUT_OF_ORDER: Text("Händelsen följer inte på den före:", "The event does not follow the one before it:"),
    Flaw.CHANGED: Text("Händelsens innehåll har ändrats:", "The event’s content was changed:"),
    Flaw.NODE_DIFFERS: Text("Trädet är inte händelsernas vid:", "The tree is not that of the events at:"),
    Flaw.SEALS_DIFFER: Text("Avtrycken är inte händelsens:", "The seals are not those of the event:"),
    Flaw.SEALS_WITHOUT_EVENT: Text("Avtryck utan händelse:", "Seals without an event:"),
    Flaw.ROW_CHANGED: Text("Raden har ändrats utan händelse:", "The row was changed without an event:"),
    Flaw.ROW_MISSING: Text("Raden saknas:", "The row is missing:"),
    Flaw.ROW_UNSEALED: Text("Raden kom till utan händelse:", "The row came without an event:"),
    Flaw.ROW_RETURNED: Text("Raden är tillbaka utan händelse:", "The row is back without an event:"),
    Flaw.HEAD_DIFFERS: Text(
        "Loggen börjar inte som när huvudet signerades:", "The log does not begin as when the head was signed:"
    ),
    Flaw.HEAD_AHEAD: Text(
        "Loggen är kortare än när huvudet signerades:", "The log is shorter than when the head was signed:"
    ),
    Flaw.HEAD_NOT_SIGNED: Text(
        "Huvudet är inte signerat med registrets nyckel:", "The head is not signed with the registry’s key:"
    ),
    Flaw.HEAD_UNKNOWN: Text("Huvudet finns inte i kedjan:", "The chain does not contain the head:"),
    Flaw.RECEIPT_DIFFERS: Text("Kvittot säger annat än loggen:", "The receipt says other than the log:"),
    Flaw.RECEIPT_WITHOUT_EVENT: Text("Kvittot saknar händelse:", "The receipt has no event:"),
    Flaw.OBJECT_DIFFERS: Text("Det lagrade är inte som det ska:", "What is stored is not as it should be:"),
}
REASONS: Mapping[Flaw, str] = {
    Flaw.MISSING: "a link is missing before this one",
    Flaw.OUT_OF_ORDER: "it does not follow the link before it",
    Flaw.CHANGED: "its content was changed",
}
"""What machines have been told of events from the first release."""
FAULTS: Mapping[Fault, Text] = {
    Fault.NO_PROOF: Text(
        "Kvittot har inget bevis. Kvitton från före loggens träd prövas med audit verify --head och deras kedjehuvud; annars: hämta kvittot på nytt, inloggad.",
        "The receipt has no proof. Receipts from before the tree of the log are checked with audit verify --head and their head; otherwise fetch the receipt again, signed in.",
    ),
    Fault.NOT_READABLE: Text("Kvittots bevis går inte att läsa.", "The receipt’s proof cannot be read."),
    Fault.CLAIMS_DIFFER: Text(
        "Kvittot är ändrat: det säger annat än det som loggen fick in.",
        "The receipt was changed: it says other than what was put into the log.",
    ),
    Fault.NOT_IN_LOG: Text(
        "Händelsen finns inte i den logg som huvudet är signerat för.",
        "The event is not in the log that the head was signed for.",
    ),
    Fault.NO_HEAD: Text(
        "Kvittot har inget signerat huvud än. Hämta det på nytt om en stund.",
        "The receipt has no signed head yet. Fetch it again in a while.",
    ),
    Fault.UNKNOWN_KEY: Text(
        "Huvudet är signerat med en nyckel som inte finns i nyckelringen. Hämta nycklarna på nytt.",
        "The head is signed with a key that is not in the set. Fetch the keys again.",
    ),
    Fault.NOT_SIGNED: Text(
        "Signaturen stämmer inte: huvudet är inte registrets.",
        "The signature is wrong: the head is not the registry’s.",
    ),
}
