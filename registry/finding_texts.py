"""Texts of the findings that the foundation itself reports."""

from registry.finding_catalogue import AnswerKind, Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

MISSHAPEN = FindingEntry(
    "MOD-001", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
    Text("{place}: {problem}", "{place}: {problem}"),
    Text(
        "Innehållet har inte den form som formatet kräver.",
        "The content does not have the shape that the format requires.",
    ),
    Text("Rätta fältet.", "Mend the field."),
    stops=True,
)  # fmt: skip
"""Content that does not have the shape of its kind: nothing more of it can be checked."""

TEXTS = (
    MISSHAPEN,
    FindingEntry(
        "ITEM-001", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Namnet är upptaget", "The name is taken"),
        Text("Det finns redan en post med namnet {slug}.", "There is already an item called {slug}."),
        Text("Öppna posten och gör en ny version, eller välj ett annat namn.", "Open that item and make a new version, or choose another name."),
    ),
    FindingEntry(
        "ITEM-002", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("En version är redan under arbete", "A version is already being worked on"),
        Text("Posten har redan ett utkast eller en version som granskas.", "The item already has a draft or a version in review."),
        Text("Arbeta vidare på den, eller återta den först.", "Go on with that one, or withdraw it first."),
    ),
    FindingEntry(
        "ITEM-003", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Innehållet är låst", "The content is locked"),
        Text("Versionen har lämnats till granskning och kan inte längre ändras.", "The version was sent to review and can no longer be changed."),
        Text("Gör en ny version, eller be granskaren att lämna tillbaka den.", "Make a new version, or ask the reviewer to return it."),
    ),
    FindingEntry(
        "ITEM-004", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Versionen granskas inte längre", "The version is no longer in review"),
        Text("Någon annan hann före: versionen är redan beslutad, tillbakalämnad eller återtagen.", "Somebody else was first: the version is already decided, returned or withdrawn."),
        Text("Läs in sidan igen för att se vad som beslutades.", "Reload the page to see what was decided."),
    ),
    FindingEntry(
        "ITEM-005", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Den som föreslår beslutar inte", "The proposer does not decide"),
        Text("Du har själv lämnat versionen till granskning.", "You sent this version to review yourself."),
        Text("Be en kollega med samma roll att besluta.", "Ask a colleague with the same role to decide."),
    ),
    FindingEntry(
        "ITEM-006", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Beslutet är redan fattat", "It is already decided"),
        Text("Frågan är redan avgjord i den här granskningen, eller så har du redan beslutat om en annan del av den.", "This question is already settled in this review, or you have already decided another part of it."),
        Text("Läs in sidan igen. Varje del beslutas av olika personer.", "Reload the page. Each part is decided by a different person."),
    ),
    FindingEntry(
        "ITEM-007", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Skäl saknas", "Reasons are missing"),
        Text("Ett beslut ska ha skäl som andra kan läsa.", "A decision needs reasons that others can read."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "ITEM-008", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Kommentaren är tom", "The comment is empty"),
        Text("Det finns ingen text att spara.", "There is no text to keep."),
        Text("Skriv något först.", "Write something first."),
    ),
    FindingEntry(
        "ITEM-009", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Det går inte nu", "Not possible now"),
        Text("Versionen är inte i det läge där steget kan tas.", "The version is not in the state where the step can be taken."),
        Text("Läs in sidan igen för att se vad som har hänt.", "Reload the page to see what has happened."),
    ),
    FindingEntry(
        "ITEM-010", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Versionen gäller inte", "The version is not in force"),
        Text("Det är bara en publicerad version som återtas genom beslut.", "Only a published version is withdrawn by decision."),
        Text("Ett utkast, eller en version som granskas, tas tillbaka på versionens granskningssida.", "A draft, or a version in review, is taken back on the version's review page."),
    ),
    FindingEntry(
        "ITEM-011", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Versionen är redan ersatt", "The version is superseded already"),
        Text("En nyare version har tagit dess plats. Det finns inget att återta.", "A newer version has taken its place. There is nothing to withdraw."),
        Text("Öppna den version som gäller om det är den som ska återtas.", "Open the version in force if that is the one to withdraw."),
    ),
    FindingEntry(
        "ITEM-012", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Versionen är redan återtagen", "The version is withdrawn already"),
        Text("Någon annan hann före. Ditt beslut är inte sparat.", "Somebody else was first. Nothing of yours is recorded."),
        Text("Läs in sidan igen för att se när och varför.", "Reload the page to see when and why."),
    ),
    FindingEntry(
        "ITEM-013", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Det som är publicerat återtas inte av en ensam", "What is published is not withdrawn by one person alone"),
        Text("Andra kan vila på versionen. Den ena föreslår, den andra beslutar, och de som berörs ser förslaget däremellan.", "Others may rest on the version. One proposes, another decides, and those concerned see the proposal in between."),
        Text("Föreslå återtagandet på versionens sida för det.", "Propose the withdrawal on the version's page for that."),
    ),
    FindingEntry(
        "ITEM-014", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Återtagandet är redan föreslaget", "The withdrawal is proposed already"),
        Text("Någon annan har föreslagit det, och förslaget väntar på beslut.", "Somebody else has proposed it, and the proposal waits for a decision."),
        Text("Läs in sidan igen för att se förslaget.", "Reload the page to see the proposal."),
    ),
    FindingEntry(
        "ITEM-015", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Den som föreslår beslutar inte", "The proposer does not decide"),
        Text("Du har själv föreslagit att versionen återtas.", "You proposed the withdrawal of the version yourself."),
        Text("Be en kollega att besluta, eller ta tillbaka förslaget.", "Ask a colleague to decide, or take the proposal back."),
    ),
    FindingEntry(
        "ITEM-016", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Förslaget är redan avgjort", "The proposal is settled already"),
        Text("Någon annan hann före: förslaget att återta versionen är beslutat eller tillbakataget. Ditt beslut är inte sparat.", "Somebody else was first: the proposal to withdraw the version is decided or taken back. Your decision is not recorded."),
        Text("Läs in sidan igen för att se vad som hände.", "Reload the page to see what happened."),
    ),
    FindingEntry(
        "ITEM-017", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Ersättaren går inte att välja", "The replacement cannot be chosen"),
        Text("Det som ersätter ska vara av samma slag, publicerat, och något annat än det som återtas.", "What replaces must be of the same kind, published, and something else than what is withdrawn."),
        Text("Välj ur listan, eller lämna valet tomt.", "Choose from the list, or leave the choice empty."),
    ),
    FindingEntry(
        "ITEM-018", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Dagen är för tidig", "The day is too early"),
        Text("Version {number} gäller från och med {valid_from}. En version som ska ersätta den kan inte gälla från samma dag eller tidigare.", "Version {number} applies from {valid_from}. A version that is to replace it cannot apply from the same day or earlier."),
        Text("Välj {earliest} eller en senare dag. Gäller version {number} ännu inte kan den i stället återtas.", "Choose {earliest} or a later day. If version {number} is not in force yet, it can be withdrawn instead."),
    ),
    FindingEntry(
        "ITEM-019", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("En ny version är på väg", "A new version is coming"),
        Text("Versionen gäller till dess att nästa, som redan är publicerad, tar vid.", "The version applies until the next one, which is published already, takes its place."),
        Text("Återta den kommande versionen först. Då gäller den här vidare och kan återtas.", "Withdraw the coming version first. This one then goes on, and can be withdrawn."),
    ),
    FindingEntry(
        "ITEM-020", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Versionen hör till ett ändringspaket", "The version belongs to a change set"),
        Text("Den skickas till granskning, beslutas och publiceras tillsammans med resten av paketet.", "It is sent to review, decided and published together with the rest of the set."),
        Text("Gå vidare på ändringspaketets sida, eller ta ut versionen ur paketet där.", "Go on from the page of the change set, or take the version out of the set there."),
    ),
    FindingEntry(
        "ITEM-021", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("En nyare version har publicerats", "A newer version has been published"),
        Text("Version {number} publicerades efter att arbetet med version {version} började. Den skulle tas tillbaka utan att någon sett det.", "Version {number} was published after the work on version {version} began. It would be taken back without anybody seeing it."),
        Text("Jämför de två och för in den nyare versionens ändringar.", "Compare the two, and take in what the newer version changed."),
    ),
    FindingEntry(
        "ITEM-022", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Någon annan hann före", "Somebody else was first"),
        Text("Version {number} har ändrats eller tillkommit sedan du öppnade formuläret. Det du skrev är inte sparat, men står kvar i fälten.", "Version {number} was changed or added after you opened the form. What you wrote is not kept, but is still in the fields."),
        Text("Jämför, välj vad som ska sparas och spara igen.", "Compare, choose what is to be saved, and save again."),
    ),
    FindingEntry(
        "ITEM-023", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Övergången slutar en dag som har passerat", "The transition ends on a day that has passed"),
        Text("Det som vilar på versionen hinner inte flyttas till {day}.", "What rests on the version cannot move by {day}."),
        Text("Välj i dag eller en senare dag, eller lämna fältet tomt.", "Choose today or a later day, or leave the field empty."),
    ),
    FindingEntry(
        "ITEM-024", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Mer än redaktionellt", "More than editorial"),
        Text(
            "Registret räknar fram att mer än ordalydelsen ändras ({count:sak|saker}): {what}.",
            "The registry computes that more than the wording changes ({count:thing|things}): {what}.",
        ),
        Text(
            "Klassa ändringen efter vad den betyder, eller skriv varför den är redaktionell ändå. Skälet visas för alla som berörs.",
            "Class the change by what it means, or write why it is editorial all the same. The reason is shown to everybody concerned.",
        ),
        field="overruling",
    ),
    FindingEntry(
        "ITEM-025", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Mer än redaktionellt i paketet", "More than editorial in the set"),
        Text(
            "{title} är klassad som redaktionell, och registret räknar fram mer: {what}.",
            "{title} is classed as editorial, and the registry computes more: {what}.",
        ),
        Text(
            "Klassa den efter vad den betyder, eller skicka den för sig med ett skäl.",
            "Class it by what it means, or send it by itself with a reason.",
        ),
    ),
    FindingEntry(
        "ITEM-026", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Någon annan skriver på ett utkast", "Somebody else writes in a draft"),
        Text(
            "Version {number} är ett utkast som någon annan har skrivit i, och filen säger inte vad den utgår från. Inget är sparat.",
            "Version {number} is a draft that somebody else has written in, and the file does not say what it was made from. Nothing is saved.",
        ),
        Text(
            "Läs utkastet först och för in ändringarna i dess formulär. Eller läs in filen igen och kryssa för att den ersätter utkastet.",
            "Read the draft first, and make the changes in its form. Or upload the file again, and tick that it takes the place of the draft.",
        ),
    ),
    FindingEntry(
        "TXT-004", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Texten vänder på skrivriktningen", "The text turns the direction of writing"),
        Text(
            "Den har ett osynligt tecken ({sign}) som gör att orden läses i en annan ordning än de är skrivna. Inget har sparats.",
            "It has an invisible character ({sign}) that makes its words be read in another order than they are written. Nothing was saved.",
        ),
        Text(
            "Ta bort tecknet, eller skriv om texten för hand. Arabisk och hebreisk text behöver inga sådana tecken.",
            "Remove the character, or type the text again. Arabic and Hebrew texts need no such characters.",
        ),
    ),
    FindingEntry(
        "SET-001", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Ändringspaketet är tomt", "The change set is empty"),
        Text("Det finns inget i paketet att besluta om.", "There is nothing in the set to decide on."),
        Text("Lägg till ett utkast eller ett återtagande.", "Put in a draft or a withdrawal."),
    ),
    FindingEntry(
        "SET-002", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Ändringspaketet saknar namn", "The change set has no name"),
        Text("Granskare hittar det efter namnet, som får ha högst {most} tecken.", "Reviewers find it by its name, which may have at most {most} characters."),
        Text("Skriv ett kort namn.", "Write a short name."),
        field="title",
    ),
    FindingEntry(
        "SET-003", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Ändringspaketet är låst", "The change set is locked"),
        Text("Det granskas, eller är avgjort, och kan inte ändras.", "It is in review, or settled, and cannot be changed."),
        Text("Ta tillbaka det från granskningen först, eller gör ett nytt paket.", "Call it back from review first, or make a new set."),
    ),
    FindingEntry(
        "SET-004", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Det går inte nu", "Not possible now"),
        Text("Någon annan hann före: ändringspaketet är inte i det läge där steget kan tas.", "Somebody else was first: the change set is not in the state where the step can be taken."),
        Text("Läs in sidan igen för att se vad som har hänt.", "Reload the page to see what has happened."),
    ),
    FindingEntry(
        "SET-005", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Den som bidragit beslutar inte", "Who has contributed does not decide"),
        Text("Du har skrivit, ändrat eller lagt till något i ändringspaketet.", "You have written, changed or put in something in the change set."),
        Text("Be en kollega med samma roll, som inte arbetat med något i paketet, att besluta.", "Ask a colleague with the same role, who has not worked on anything in the set, to decide."),
    ),
    FindingEntry(
        "SET-006", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Ändringspaketet är fullt", "The change set is full"),
        Text("Ett paket har högst {most} ändringar, så att det kan granskas.", "A set has at most {most} changes, so that it can be reviewed."),
        Text("Lägg resten i ett annat paket.", "Put the rest in another set."),
    ),
    FindingEntry(
        "SET-007", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Något har ändrats medan paketet kontrollerades", "Something changed while the set was checked"),
        Text("En ändring i paketet, eller något publicerat som den hör ihop med, är en annan än den som kontrollerades eller som du såg.", "A change in the set, or something published that it belongs with, is not the one that was checked or that you saw."),
        Text("Läs in sidan igen och försök på nytt.", "Reload the page and try again."),
    ),
    FindingEntry(
        "SET-008", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Posten finns redan i paketet", "The item is in the set already"),
        Text("Ett ändringspaket har en ändring av varje post.", "A change set has one change of each item."),
        Text("Ändra det som finns där, eller ta ut det först.", "Change what is there, or take it out first."),
    ),
    FindingEntry(
        "SET-009", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Posten kan inte ingå i paketet", "The item cannot be part of the set"),
        Text("Ett paket har ändringar i en organisations egna poster, av slag som inte beslutas på en egen sida.", "A set has changes of one organisation's own items, of kinds that are not decided on a page of their own."),
        Text("Skicka versionen till granskning för sig.", "Send the version to review by itself."),
    ),
    FindingEntry(
        "SET-010", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Ändringspaketet är inte kontrollerat", "The change set has not been checked"),
        Text("Ett så stort paket kontrolleras i bakgrunden innan det skickas eller publiceras, och på nytt när något i det har ändrats.", "A set of this size is checked in the background before it is sent or published, and again when something in it has changed."),
        Text("Begär en kontroll och kom tillbaka när den är klar.", "Ask for a check, and come back when it is done."),
    ),
    FindingEntry(
        "SET-011", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("En nyare version har publicerats", "A newer version has been published"),
        Text("Version {number} publicerades efter att ändringen i paketet började.", "Version {number} was published after the change in the set was begun."),
        Text("Jämför de tre versionerna och för in den nyare versionens ändringar.", "Compare the three versions, and take in what the newer one changed."),
    ),
    FindingEntry(
        "SET-012", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Det som ska återtas gäller inte längre", "What is to be withdrawn is no longer in force"),
        Text("Den publicerade versionen är ersatt eller återtagen sedan återtagandet lades i paketet.", "The published version was superseded or withdrawn after its withdrawal was put into the set."),
        Text("Ta ut återtagandet ur paketet.", "Take the withdrawal out of the set."),
    ),
    FindingEntry(
        "SET-013", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Ändringspaketet arbetas med just nu", "The change set is being worked on right now"),
        Text("Ett stort paket kontrolleras, beslutas och publiceras i bakgrunden, en sak i taget.", "A large set is checked, decided and published in the background, one thing at a time."),
        Text("Vänta tills det som pågår är klart. Paketets sida visar hur långt det har kommit.", "Wait until what goes on has ended. The page of the set shows how far it has come."),
    ),
    FindingEntry(
        "SET-014", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Fel stoppade ändringspaketet", "Faults stopped the change set"),
        Text("När paketet kontrollerades fanns {number} fel i det. Ingenting i det är skickat eller publicerat.", "When the set was checked there were {number} faults in it. Nothing in it was sent or published."),
        Text("Felen visas vid det som de hittades i. Rätta dem, eller ta ut det ur paketet, och försök på nytt.", "The faults are shown beside what they were found in. Mend them, or take that out of the set, and try again."),
    ),
    FindingEntry(
        "SET-015", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Den som begärde det får inte längre göra det", "Whoever asked for it may no longer do it"),
        Text("När det skulle göras hade personen inte längre den roll som krävs.", "When it was to be done, the person no longer held the role that it takes."),
        Text("Be någon med rollen att göra det.", "Ask somebody with the role to do it."),
    ),
    FindingEntry(
        "SET-016", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Arbetet avbröts", "The work was broken off"),
        Text("Ett fel i systemet stoppade det, flera gånger. Ingenting i paketet har ändrats.", "A fault in the system stopped it, several times. Nothing in the set was changed."),
        Text("Försök på nytt. Händer det igen: be administratören läsa loggen.", "Try again. If it happens once more, ask the administrator to read the log."),
    ),
    FindingEntry(
        "SET-017", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("Någon annan hann före", "Somebody else was first"),
        Text("Paketet har fått ett annat namn eller andra skäl sedan du öppnade formuläret. Det du skrev är inte sparat, men står kvar i fälten.", "The set got another name or other reasons after you opened the form. What you wrote is not kept, but is still in the fields."),
        Text("Jämför, och spara igen om det du skrev ska gälla.", "Compare, and save again if what you wrote is to hold."),
    ),
    FindingEntry(
        "SET-018", Severity.ERROR, Stage.ITEMS, Scope.ITEM,
        Text("{title} beslutas för sig", "{title} is decided by itself"),
        Text(
            "Det som versionen säger kräver ett beslut till, om {what}, av någon som inte beslutar om paketet: {who}.",
            "What the version says needs one more decision, on {what}, by somebody who does not decide on the set: {who}.",
        ),
        Text("Ta den ur paketet och skicka den för sig.", "Take it out of the set and send it by itself."),
    ),
    FindingEntry(
        "SIGN-001", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Inloggningen stämmer inte", "The sign-in is not right"),
        Text("Användarnamnet eller lösenordet är fel, eller så är kontot stängt.", "The user name or the password is wrong, or the account is closed."),
        Text("Försök igen.", "Try again."),
    ),
    FindingEntry(
        "SIGN-002", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Vänta lite innan du försöker igen", "Wait a little before you try again"),
        Text("Efter flera misslyckade försök får nästa vänta. Lösenordet har inte prövats den här gången.", "After several failed attempts the next one has to wait. The password was not looked at this time."),
        Text("Försök igen om {wait}. I en webbläsare där du har loggat in förut behöver du inte vänta på andras försök. Har du glömt lösenordet kan administratören ge dig en länk för att välja ett nytt.", "Try again in {wait}. In a browser where you have signed in before you do not wait for what others try. If you have forgotten the password, the administrator can give you a link for choosing a new one."),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "SIGN-003", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Länken fungerar inte", "The link does not work"),
        Text("Den är redan använd, ersatt av en nyare, äldre än {hours} timmar eller inte hel. Lösenordet är oförändrat.", "It has been used, was replaced by a newer one, is older than {hours} hours, or is not complete. The password is unchanged."),
        Text("Har du redan valt ett lösenord kan du logga in. Annars: be administratören om en ny länk.", "If you have chosen a password already, sign in. Otherwise ask the administrator for a new link."),
    ),
    FindingEntry(
        "SIGN-004", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Koden stämmer inte", "The code does not match"),
        Text(
            "Länken leder till en regions behörigheter och behöver också den kod som den som föreslog dig har. Lösenordet är oförändrat, och länken fungerar fortfarande.",
            "The link leads to a region's roles, and needs the code too that whoever proposed you has. The password is unchanged, and the link still works.",
        ),
        Text("Skriv koden som du har fått av den som föreslog dig, till exempel K7QM-2XHD-PR9B.", "Write the code that you were given by whoever proposed you, such as K7QM-2XHD-PR9B."),
    ),
    FindingEntry(
        "STO-001", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Filen finns inte kvar som den var", "The file is no longer there as it was"),
        Text("En fil som detta vilar på saknas i lagret, eller har ändrats sedan den sparades. Ingenting har tagits emot eller ändrats.", "A file that this rests on is missing from the store, or has changed since it was kept. Nothing has been received or changed."),
        Text("Läs in samma fil igen om leveransen är ett utkast. Annars: säg till den som sköter registret, som kör `flask --app wsgi storage verify`.", "Read in the same file again if the delivery is a draft. Otherwise tell whoever runs the registry, to run `flask --app wsgi storage verify`."),
    ),
    FindingEntry(
        "HAND-001", Severity.ERROR, Stage.ITEMS, Scope.PERSON,
        Text("Den som har handlat för ena sidan handlar inte för den andra", "Whoever has acted for one side does not act for the other"),
        Text(
            "Du har tidigare handlat för {other} här, och kan därför inte handla för {side}. Det gäller vad du har gjort, också när du har bytt roll.",
            "You have acted for {other} here before, and so cannot act for {side}. What counts is what you have done, also when your role is another now.",
        ),
        Text("Be en kollega som inte har gjort det.", "Ask a colleague who has not."),
    ),
    FindingEntry(
        "USER-001", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Användarnamnet går inte att använda", "The user name cannot be used"),
        Text("Användarnamnet «{login}» är tomt eller redan upptaget.", "The user name “{login}” is empty or taken already."),
        Text("Välj ett annat.", "Choose another."),
    ),
    FindingEntry(
        "USER-002", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Lösenordet är för kort", "The password is too short"),
        Text("Ett lösenord ska ha minst {shortest} tecken.", "A password needs at least {shortest} characters."),
        Text("Välj ett längre, gärna flera ord.", "Choose a longer one, several words for instance."),
    ),
    FindingEntry(
        "USER-003", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Användarnamnet går inte att använda", "The user name cannot be used"),
        Text("«{login}» har mellanslag i sig, eller är längre än 120 tecken.", "“{login}” has blanks in it, or is longer than 120 characters."),
        Text("Skriv det utan mellanslag, med punkt eller bindestreck i stället.", "Write it without blanks, with a full stop or a hyphen instead."),
    ),
    FindingEntry(
        "USER-004", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Namnet saknas", "The name is missing"),
        Text("Ett konto hör till en person med ett namn, som står för sig och kan raderas.", "An account belongs to a person with a name, which is kept apart and can be erased."),
        Text("Skriv personens namn.", "Write the person's name."),
        field="name",
    ),
    FindingEntry(
        "USER-005", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Rollen finns inte i den organisationen", "The role does not exist in that organisation"),
        Text("Rollen {role} betyder ingenting i {name}. Där finns: {roles}.", "The role {role} means nothing in {name}. There are: {roles}."),
        Text("Välj en annan roll eller en annan organisation.", "Choose another role or another organisation."),
        field="role",
    ),
    FindingEntry(
        "USER-006", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Någon måste kunna administrera", "Somebody must be able to administer"),
        Text("{login} är det enda öppna kontot med rollen administratör. Utan det kan ingen lägga upp eller öppna konton.", "{login} is the only open account with the role of administrator. Without it nobody can make or reopen accounts."),
        Text("Ge rollen till någon annan först.", "Give the role to somebody else first."),
    ),
    FindingEntry(
        "USER-007", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Kontot kan inte öppnas igen", "The account cannot be reopened"),
        Text("Namnet på {login} är raderat, och ingen vet längre vems kontot är.", "The name of {login} has been erased, and nobody knows any longer whose account it is."),
        Text("Lägg upp ett nytt konto.", "Make a new account."),
    ),
    FindingEntry(
        "USER-008", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Lösenordet kan inte användas", "The password cannot be used"),
        Text("Ett lösenord får ha högst {longest} tecken, och bara sådana som syns.", "A password may have at most {longest} characters, and only ones that can be seen."),
        Text("Välj ett annat.", "Choose another."),
    ),
    FindingEntry(
        "USER-009", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Lösenordet är lätt att gissa", "The password is easy to guess"),
        Text("Lösenordet består mest av vanliga ord, årtal eller tangenter i rad, eller av ditt eget eller din organisations namn.", "The password consists mostly of common words, years or rows of keys, or of your own or your organisation's name."),
        Text("Välj ett annat: fyra eller fler ord som inte hör ihop är bra.", "Choose another: four or more words that do not belong together are good."),
    ),
    FindingEntry(
        "USER-010", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Kontot är stängt", "The account is closed"),
        Text("{login} kan inte logga in, och en länk för att välja lösenord vore till ingen nytta.", "{login} cannot sign in, and a link for choosing a password would be of no use."),
        Text("Öppna kontot igen först.", "Reopen the account first."),
    ),
    FindingEntry(
        "USER-011", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Regionen ger sina egna roller", "A region gives its own roles"),
        Text(
            "Rollerna i {name} ges och tas av regionens egen administratör, inte av registrets.",
            "The roles in {name} are given and taken by the region's own administrator, not by the registry's.",
        ),
        Text("Vänd dig till regionens administratör. Saknas en föreslår du en, och en annan administratör bekräftar.", "Turn to the region's administrator. Where there is none, propose one, and another administrator confirms."),
    ),
    FindingEntry(
        "USER-012", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Ingen ger sig själv en roll", "Nobody gives themself a role"),
        Text(
            "Du är själv den som skulle få rollen.",
            "You are the one who would get the role.",
        ),
        Text("Be en annan administratör.", "Ask another administrator."),
    ),
    FindingEntry(
        "USER-013", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Regionens sista administratör går inte utan efterträdare", "A region's last administrator does not go without a successor"),
        Text(
            "{login} är det enda öppna kontot med rollen regionadministratör i {name}. Utan det kan ingen ge regionens roller.",
            "{login} is the only open account with the role of region administrator in {name}. Without it nobody can give the region's roles.",
        ),
        Text("Ge rollen till en efterträdare först.", "Give the role to a successor first."),
    ),
    FindingEntry(
        "USER-014", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Kontot sköts av någon annan", "The account is seen to by somebody else"),
        Text(
            "{login} har roller i {names}, och den som ger dem sköter kontot: en länk att välja lösenord vore en väg in till rollerna.",
            "{login} holds roles in {names}, and whoever gives those sees to the account: a link to choose a password would be a way into the roles.",
        ),
        Text("Be administratören där. Har personen roller hos flera som var för sig sköter sina, tas de bort hos alla utom en, och ges sedan igen.", "Ask the administrator there. If several administer the person's roles, they are taken away at all but one of them, and then given again."),
    ),
    FindingEntry(
        "USER-015", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Skäl saknas", "Reasons are missing"),
        Text(
            "Ett förslag ska ha skäl som den som bekräftar, och regionen, kan läsa.",
            "A proposal needs reasons that whoever confirms it, and the region, can read.",
        ),
        Text("Skriv varför just den personen, och hur du vet att regionen vill det.", "Write why this person, and how you know that the region wants it."),
        field="reason",
    ),
    FindingEntry(
        "USER-016", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Ett förslag är redan öppet", "A proposal is open already"),
        Text(
            "Någon är redan föreslagen som administratör för {name}.",
            "Somebody is proposed already as administrator of {name}.",
        ),
        Text("Bekräfta det förslaget, eller ta tillbaka det först.", "Confirm that proposal, or take it back first."),
    ),
    FindingEntry(
        "USER-017", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Den som föreslår bekräftar inte", "The proposer does not confirm"),
        Text(
            "Två administratörer utser tillsammans, och du är den som har föreslagit.",
            "Two administrators appoint together, and you are the one who proposed.",
        ),
        Text("Be en annan administratör att bekräfta.", "Ask another administrator to confirm."),
    ),
    FindingEntry(
        "USER-018", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Förslaget är avgjort", "The proposal is settled"),
        Text(
            "Det är redan bekräftat, taget tillbaka eller äldre än trettio dagar.",
            "It has been confirmed or taken back already, or is older than thirty days.",
        ),
        Text("Läs in sidan igen. Vid behov lämnas ett nytt förslag.", "Reload the page. If need be, make a new proposal."),
    ),
    FindingEntry(
        "USER-019", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Den som föreslog är inte längre administratör", "Whoever proposed is no longer an administrator"),
        Text(
            "Två administratörer utser tillsammans. Den som lämnade förslaget har inte längre rollen.",
            "Two administrators appoint together. Whoever made the proposal no longer has the role.",
        ),
        Text("Ta tillbaka förslaget och lämna ett nytt.", "Take the proposal back and make a new one."),
    ),
    FindingEntry(
        "USER-020", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Regionen har tid att invända", "The region has time to object"),
        Text(
            "{name} har eller hade nyss en administratör. Regionen kan säga nej till förslaget till och med dagen före {day}.",
            "{name} has or lately had an administrator. The region can say no to the proposal until the day before {day}.",
        ),
        Text("Vänta till den dagen, eller låt regionens administratör ge rollen.", "Wait until that day, or let the region's administrator give the role."),
    ),
    FindingEntry(
        "USER-021", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Regionens roller ges av någon, inte av registret", "A region's roles are given by somebody, not by the registry"),
        Text(
            "Det gäller roller i {name}. Dem ger regionens egen administratör.",
            "It is about roles in {name}. Its own administrator gives those.",
        ),
        Text(
            "Säg vem som gör det, med --as ANVÄNDARE. Saknas en administratör: flask --app wsgi administrators propose.",
            "Say who does it, with --as USER. If there is no administrator: flask --app wsgi administrators propose.",
        ),
    ),
    FindingEntry(
        "MAIL-001", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Det är ingen e-postadress", "That is no e-mail address"),
        Text("Adressen ska vara en enda, som namn@region.se.", "The address has to be a single one, as in name@region.se."),
        Text("Rätta adressen.", "Correct the address."),
    ),
    FindingEntry(
        "USER-022", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Förslaget har ingen kod", "The proposal has no code"),
        Text(
            "{login} behöver en länk för att välja lösenord, och länken behöver en kod som bara den som föreslår får se. Förslaget gjordes utan.",
            "{login} needs a link to choose a password, and the link needs a code that only whoever proposes is shown. The proposal was made without.",
        ),
        Text("Ta tillbaka förslaget och föreslå på nytt.", "Take the proposal back, and propose again."),
    ),
    FindingEntry(
        "USER-023", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Koden går inte att använda", "The code cannot be used"),
        Text("«{code}» är ingen kod för en mottagare, eller är upptagen.", "“{code}” is no code for a recipient, or is taken."),
        Text(
            "Skriv 3 till 40 små bokstäver a till z, siffror och bindestreck, med en bokstav först.",
            "Write 3 to 40 small letters a to z, digits and hyphens, with a letter first.",
        ),
    ),
    FindingEntry(
        "USER-024", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Organisationen behöver namn på båda språken", "The organisation needs names in both languages"),
        Text("Ett namn saknas, eller är längre än {most} tecken.", "A name is missing, or is longer than {most} characters."),
        Text("Skriv namnet på svenska och på engelska.", "Write the name in Swedish and in English."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
