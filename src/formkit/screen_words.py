"""formkit's own German words on the pages that people see in a browser, whoever fills in or hands out a form.

Kept as `words` keeps those of paper: write a constant with `screen_word(text, comment for translators)`; it is
extracted and asked for in every language by that alone. None of them is printed, so none has a room on paper.
"""

from __future__ import annotations

from formkit.texts import FORMKIT_DOMAIN, Msg
from formkit.words import Word


def screen_word(text: str, comment: str, context: str = "") -> Msg:
    """Return a text of our own; `comment` is for translators."""
    return Msg(text, context, FORMKIT_DOMAIN, comment)


# The first page and the page before a form
START_TITLE = screen_word("Formulare in Ihrer Sprache", "Title of the first page: forms of a public office.")
START_INTRO = screen_word(
    "Sie füllen das Formular in Ihrer Sprache aus. Das Amt bekommt es auf Deutsch.",
    "Below the title of the first page.",
)
LANGUAGE = screen_word("Sprache", "Title above the names of the languages to choose from.")
CHOOSE_LANGUAGE = screen_word("Sprache wählen", "Read aloud before the name of the language that is set; a button.")
WHICH_FORM = screen_word("Welches Formular brauchen Sie?", "Title above the list of forms.")
MINUTES = screen_word("etwa {minutes} Minuten", "How long a form takes; {minutes} is a number from 5 up in steps of 5.")
TO_CONTENT = screen_word("Zum Inhalt", "Link that jumps over the head of the page; for keyboards and screen readers.")
HOW_IT_WORKS = screen_word("So geht es", "Title above three numbered steps.")
STEP_ANSWER = screen_word("Sie beantworten die Fragen in Ihrer Sprache.", "Step 1 of 3.")
STEP_PRINT = screen_word("Sie laden den Antrag auf Deutsch herunter, drucken ihn und unterschreiben.", "Step 2 of 3.")
STEP_HAND_IN = screen_word("Sie geben ihn mit den Unterlagen beim Amt ab.", "Step 3 of 3; 'ihn' is the application.")
NOT_STORED = screen_word(
    "Wir speichern Ihre Antworten nicht. Wenn Sie eine Pause brauchen, sichern Sie die Antworten in einer Datei.",
    "Shown before the questions begin.",
)
NOTHING_STORED = screen_word("Nichts wird gespeichert.", "At the foot of every page. Short.")
PAPERS_AT_HAND = screen_word(
    "Diese Unterlagen können nötig sein", "Title above a list of papers, before the questions."
)
BEGIN = screen_word("Formular ausfüllen", "Button: begin with the questions.")
CONTINUE = screen_word("Mit einer Datei weitermachen", "Title: go on with answers that were saved in a file.")
CONTINUE_HELP = screen_word(
    "Haben Sie Ihre Antworten schon einmal gesichert? Dann laden Sie die Datei hier.", "Below that title."
)
FILE = screen_word("Datei", "Label of the box where a file is chosen.")
PASSPHRASE = screen_word("Passwort (freiwillig)", "Label of a box: the password that protects a file of answers.")
PASSPHRASE_LOAD = screen_word("Nur wenn Sie eines gewählt haben.", "Below the password when a file is loaded.")
PASSPHRASE_SAVE = screen_word(
    "Mit Passwort kann niemand sonst die Datei lesen. Merken Sie es sich gut: Niemand kann es ersetzen.",
    "Below the password when a file is saved.",
)
LOAD = screen_word("Datei laden", "Button: read the answers from the file.")

# On every page of questions
NEXT = screen_word("Weiter", "Button: to the next page.")
BACK = screen_word("Zurück", "Button: to the page before.")
SKIP = screen_word("Ohne diese Antworten weiter", "Button: go on although questions are not answered yet.")
SAVE = screen_word("Antworten sichern", "Button: save the answers in a file, to go on later.")
PART_OF = screen_word("Teil {part} von {parts}", "Where one is in the form; both are numbers.")
PARTS = screen_word("Teile des Formulars", "Read aloud before the list of the parts of the form.")
PROGRESS = screen_word("Fortschritt", "Read aloud before a bar that shows how far one is.")
REVIEW = screen_word("Prüfen", "The last part of the form: look through all answers. Short.")
IN_THE_FORM = screen_word("So steht es im Formular", "Opens the German text of a question as it is on paper.")
NUMBERS = screen_word(
    "Die Zahl neben der Frage steht auch auf dem Papier. Wählen Sie die Zahl, dann sehen Sie den deutschen Text.",
    "Explains the number beside each question, which can be tapped.",
)
ERROR = screen_word("Fehler", "Before a sentence that says what to do; and the first word of the page's title.")
CHECK_ANSWERS = screen_word("Bitte prüfen Sie diese Antworten", "Title above a list of links to questions.")
MAY_GO_ON = screen_word("Sie können trotzdem weitergehen.", "Behind a remark that is no error.")
MORE_QUESTIONS = screen_word(
    "Zu Ihren Antworten gibt es noch Fragen auf dieser Seite.", "Shown when an answer makes more questions appear."
)
DAY = screen_word("Tag", "Above the first of three boxes of a date.")
MONTH = screen_word("Monat", "Above the second of three boxes of a date.")
YEAR = screen_word("Jahr", "Above the third of three boxes of a date.")
DATE_EXAMPLE = screen_word("Zum Beispiel: {example}", "{example} is an example of what to write, such as 24 12 1990.")
DATE_PARTS = screen_word("Tag oder Monat nicht bekannt? Schreiben Sie dort 00.", "Below a date of birth.")
NOT_PRINTABLE = screen_word(
    "Bitte schreiben Sie diese Antwort neu. Diese Zeichen können nicht gedruckt werden: {letters}",
    "Shown at an answer; {letters} are characters such as small pictures, as typed.",
)
CLEAR = screen_word("Auswahl zurücknehmen", "Button: undo the choice of an answer, so that none is chosen.")
MORE_ABOUT = screen_word("Dazu: {question}", "Read aloud before a box that belongs to an answer, such as a number.")
SIGN_ON_PAPER = screen_word("Sie unterschreiben später auf dem Papier.", "In place of a line to sign on.")

# Lists of entries
ENTRY = screen_word("Eintrag {number}", "One entry of a list, such as one school trip of several.")
NEW_ENTRY = screen_word("Neuer Eintrag", "Title above the questions of an entry that is being added.")
ADD = screen_word("Noch einen Eintrag", "Button: add an entry to the list.")
ADD_ALIKE = screen_word(
    "Noch einen Eintrag wie den letzten", "Button: add an entry with the answers of the one before."
)
CHANGE = screen_word("Ändern", "Button beside an answer or an entry.")
REMOVE = screen_word("Entfernen", "Button beside an entry of a list.")
REMOVED = screen_word("Der Eintrag ist entfernt.", "Shown after an entry was removed, with a button to undo it.")
UNDO = screen_word("Rückgängig machen", "Button: bring the removed entry back.")

# Looking through everything, and the files
REVIEW_TITLE = screen_word("Prüfen Sie Ihre Antworten", "Title of the last page.")
REVIEW_INTRO = screen_word(
    "Neben jeder Antwort steht, was das Amt auf Deutsch bekommt. Sie können alles ändern.", "Below that title."
)
MISSING = screen_word("Es fehlen noch Antworten", "Title above a list of questions that are not answered.")
MISSING_TEXT = screen_word(
    "Sie können das Formular trotzdem drucken und den Rest mit der Hand schreiben.", "Below that title."
)
FAULTS = screen_word("Bitte ändern Sie noch diese Antworten", "Title above a list of answers that are wrong.")
FAULTS_TEXT = screen_word("Erst dann können Sie den Antrag herunterladen.", "Below that title.")
DOUBTS = screen_word(
    "Bitte sehen Sie hier noch einmal nach", "Title above a list of answers that may be meant otherwise."
)
NO_ANSWER = screen_word("noch keine Antwort", "In place of an answer that is missing.")
ANSWER = screen_word("Beantworten", "Button beside a question that is not answered.")
PAPERS = screen_word("Diese Unterlagen gehören dazu", "Title above the papers that must come with the application.")
NO_PAPERS = screen_word("Nach Ihren Antworten sind keine Unterlagen nötig.", "In place of the list of papers.")
FILES = screen_word("Ihre Dateien", "Title above the buttons that make files.")
OFFICIAL = screen_word("Antrag auf Deutsch (PDF)", "Button: make the application as the office wants it.")
OFFICIAL_HELP = screen_word("Zum Drucken, Unterschreiben und Abgeben.", "Below that button.")
BILINGUAL = screen_word(
    "Kopie in zwei Sprachen (PDF)", "Button: the same application in German and the reader's language."
)
BILINGUAL_HELP = screen_word("Für Sie zum Lesen und Aufheben.", "Below that button.")
CHECKLIST = screen_word("Liste der Unterlagen", "Button: a page that lists the papers to bring along; and its title.")
CHECKLIST_HELP = screen_word("Zum Drucken und Abhaken.", "Below that button.")
SAVE_HELP = screen_word("Mit dieser Datei können Sie später weitermachen.", "Below the button that saves the answers.")
ALL_FILES = screen_word("Alle Anträge auf Deutsch (ZIP)", "Button: one archive with all applications.")
ANOTHER = screen_word("Noch ein Antrag", "Title and button: fill in the same form for another person.")
ANOTHER_TEXT = screen_word(
    "Zum Beispiel für ein weiteres Kind. Was gleich bleibt, steht dort schon.", "Below that title."
)
APPLICATION = screen_word("Antrag {number}", "One of several applications, such as one for each child.")

# Loading a file
LOADED = screen_word("Ihre Antworten sind geladen.", "Shown after a file was read.")
OTHER_VERSION = screen_word(
    "Ihre Datei gehört zu einer anderen Fassung des Formulars.", "The form has changed since the file was saved."
)
NO_PLACE = screen_word(
    "Diese Antworten haben keinen Platz mehr", "Title above answers that the new form does not ask for."
)
NEW_QUESTIONS = screen_word("Diese Fragen sind neu", "Title above questions that the older form did not ask.")
CHOOSE_FILE = screen_word("Bitte wählen Sie eine Datei.", "Shown when no file was chosen.")
NO_SUCH_FILE = screen_word(
    "Diese Datei kann nicht gelesen werden. Bitte wählen Sie die Datei, die Sie hier gesichert haben.",
    "Shown when a file is damaged or of another kind.",
)
OTHER_FORM = screen_word("Diese Datei gehört zu einem anderen Formular.", "Shown when the answers are to another form.")
WRONG_PASSPHRASE = screen_word(
    "Bitte prüfen Sie das Passwort. Es stimmt nicht, oder die Datei wurde geändert.", "Shown when it does not open."
)

# When something fails
NOT_FOUND = screen_word("Diese Seite gibt es nicht.", "Title of the page for an unknown address.")
TOO_LARGE = screen_word("Das ist zu viel auf einmal.", "Title of the page when a file or an answer is too large.")
FAILED = screen_word("Das hat leider nicht geklappt.", "Title of the page after a failure.")
FAILED_TEXT = screen_word(
    "Gehen Sie im Browser zurück. Ihre Antworten stehen dort noch. "
    "Sichern Sie sie, bevor Sie es noch einmal versuchen.",
    "Below that title.",
)
BUSY = screen_word("Gerade ist viel los. Bitte versuchen Sie es in einer Minute noch einmal.", "Too many at once.")
TO_START = screen_word("Zur ersten Seite", "Link to the page where one chooses language and form.")

SCREEN_WORDS: tuple[Word, ...] = tuple(
    Word(f"screen_{name}", value) for name, value in list(globals().items()) if isinstance(value, Msg)
)
