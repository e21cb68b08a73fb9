"""The question guide of the national pilot, in the registry's own words: what a consultation that runs it begins with.

Facts after annex 8 of Socialstyrelsen's interim report of March 2024. Its first five questions are about concepts, whose question sets ask
them in yes and no (`termbank.applications.questions`); the last two are about process and law, and are answered in general. Pure.
"""

from registry.findings import Text

NAME = "bilaga8"
"""What names the guide in an address."""
CONCEPTS = (
    "disponibel-vardplats", "teknisk-vardplats", "faststalld-vardplats", "overbelaggning", "utlokaliserad-patient",
    "belagd-vardplats", "belaggningsgrad", "inneliggande-patient", "inskriven-patient",
)  # fmt: skip
"""The keys of the concepts that it asks about, in its order."""
TITLE = Text("Frågeguide om vårdplatser", "Question guide on hospital beds")
LETTER = Text(
    "Vi frågar hur er region tillämpar begreppen om vårdplatser. Besvara frågorna till varje begrepp med ja, nej eller delvis, "
    "och skriv med egna ord vad som gäller. Svaren kan sedan redovisas som er regions tillämpning.\n\n"
    "Svara också, under Allmänt, på två frågor:\n"
    "1. Hur går det till hos er, från att en patient eller plats registreras till att uppgifterna rapporteras till SKR? "
    "Skiljer det sig mellan begreppen?\n"
    "2. Vilka rättsliga hinder ser ni för att uppgifter om vårdplatser hämtas in nationellt, till exempel sekretess, små tal "
    "eller personuppgifter?\n\n"
    "Efter Socialstyrelsens delredovisning, mars 2024, bilaga 8, med registrets egna ord.",
    "We ask how your region applies the concepts of hospital beds. Answer the questions on each concept with yes, no or partly, "
    "and write in your own words what applies. The answers can then be stated as your region's application.\n\n"
    "Answer two questions in general too:\n"
    "1. What happens in your region from when a patient or a bed is registered until the counts are reported to SKR? Does it "
    "differ between the concepts?\n"
    "2. Which legal obstacles do you see to a national collection of counts of beds, such as secrecy, small numbers or personal "
    "data?\n\n"
    "After Socialstyrelsen's interim report, March 2024, annex 8, in the registry's own words.",
)
