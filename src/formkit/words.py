"""formkit's own German words: what it prints and says itself, whatever the form.

To add one, write a constant with `_word(text, comment for translators)`: it is listed, extracted and asked
for in every language by that alone. `{names}` are filled in when it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from formkit.texts import FORMKIT_DOMAIN, Msg


@dataclass(frozen=True, slots=True)
class Word:
    """One of formkit's texts: the message (its comment is for translators) and the name of its constant."""

    name: str
    msg: Msg

    @property
    def id(self) -> str:
        """Return the id by which translators and merges know it, such as `formkit.page_of`."""
        return f"{FORMKIT_DOMAIN}.{self.name.lower().replace('-', '_')}"


def _word(text: str, comment: str, context: str = "") -> Msg:
    return Msg(text, context, FORMKIT_DOMAIN, comment)


# Answers
YES = _word("Ja", "Answer to a question; also printed beside a box to tick.")
NO = _word("Nein", "Answer to a question; also printed beside a box to tick.")
VOLUNTARY = _word("freiwillig", "Behind a question that need not be answered; no capital letter needed.")
REQUIRED = _word("Pflichtangabe", "Behind a question that must be answered.")
NOT_POSSIBLE = _word("nicht möglich", "Before the reason why one of the answers cannot be chosen.")
PLEASE_CHOOSE = _word("Bitte wählen", "First line of a list to choose from.")

# How to fill in
HOW_TO_FILL = _word("So füllen Sie aus", "Title above three short rules at the top of the paper form.")
BLOCK_LETTERS = _word(
    "Bitte in Druckbuchstaben und in lateinischer Schrift schreiben, wie im Ausweis.",
    "Rule: write in capitals, with Latin letters; names as in the passport.",
)
TICK = _word(
    "Zutreffendes ankreuzen.", "Rule: put a cross into the box that applies; a box with a cross is printed behind it."
)
DATE_FORMAT = _word(
    "Datum: TT Tag, MM Monat, JJJJ Jahr",
    "Rule: how dates are written. TT, MM, JJJJ stand in the boxes of the form and stay as they are.",
)
ONLY_FOR = _word(
    "Nur ausfüllen bei {options}",
    "Hint above questions that need an answer only if certain answers were chosen before. "
    "{options} is one answer or several joined by 'oder', put in as they stand; make it work "
    "without changing their form, with a colon or quotes if need be.",
)
OR = _word("{first} oder {second}", "Joins two answers; for three or more it is used again on its own result.")
OFFICE_ONLY = _word("Von der Behörde auszufüllen", "Title of the shaded part that only the office fills in.")
ROW = _word("Zeile {number}", "A row of a table, as in 'question 5.2, row 3'.")
NUMBER = _word("Nr.", "Head of the column that counts the rows of a table. Very short.")

CONTINUATION_SHEET = _word("Fortsetzungsblatt", "Title of a sheet for answers that did not fit into their boxes.")
CONTINUATION = _word("Fortsetzung zu {number}", "{number} is a question, such as 3.2 or 5.2a, Zeile 4.")
SEE_SHEET = _word("siehe Fortsetzungsblatt", "Stands in a box whose answer is too long for it. Short.")

# Where and with what
WHERE_TO_HAND_IN = _word("Wo Sie abgeben", "Title above the address of the office that takes the form.")
RECEIPT_STAMP = _word("Eingangsstempel", "In the empty box where the office puts the stamp with the date of receipt.")
ATTACHMENTS = _word("Anlagen", "Title of the list of papers that come with the form.")
DOCUMENT = _word("Unterlage", "Head of a column: one paper of the list, such as a letter from the school.")
ENCLOSED = _word("liegt bei", "Head of a column of boxes: this paper comes with the form.")
LATER = _word("reiche ich nach bis", "Head of a column for a date: I will hand in this paper by …")

# Signature
PLACE = _word("Ort", "The town where a person signs, beside the date.", context="place of signature")
DATE = _word("Datum", "The day on which a person signs.")
SIGNATURE = _word("Unterschrift", "Under the line to sign on.")

# Footer
PAGE_OF = _word("Seite {page} von {pages}", "In the footer: number of this page, number of all pages.")
VERSION = _word("Version {version}", "In the footer: {version} is the number of the form's edition.")
AS_OF = _word("Stand {date}", "In the footer: {date} is the day of this edition of the form.")
DRAFT = _word("Entwurf, noch nicht geprüft", "In the footer: no person has checked this translation yet.")
REVIEWED_ON = _word("geprüft am {date}", "In the footer: the day on which the translation was checked.")
INCOMPLETE = _word("unvollständig", "Large and pale across the page: parts of the translation are missing.")
MISSING_TRANSLATION = _word("Übersetzung fehlt", "In square brackets behind a German text that has no translation yet.")

# How sure a translation is
UNSURE = _word(
    "Übersetzung unsicher",
    "In the footer, behind 'draft': even those who translated are not sure of it. Very short.",
)

# What an answer means for the applicant
SEVERAL_OFFICES = _word(
    "Mehrere Stellen können zuständig sein. Bitte fragen Sie bei einer davon nach.",
    "The answers do not lead to one single office; the offices are listed beneath.",
)
UNKNOWN_OFFICE = _word(
    "Welche Stelle zuständig ist, steht noch nicht fest. Bitte fragen Sie beim Amt nach.",
    "No office can be named from the answers given so far.",
)

# What to do when an answer cannot be accepted or is probably not meant, by the key that fields and checks give.
ANSWER_ERRORS: Mapping[str, Msg] = MappingProxyType(
    {
        "required": _word(
            "Bitte beantworten Sie diese Frage.", "Shown at a question that must be answered and is not."
        ),
        "not-a-date": _word(
            "Bitte schreiben Sie ein Datum, das es gibt, zum Beispiel 24.12.1990.",
            "The date is day, month, year in digits; keep the example as it stands.",
        ),
        "date-incomplete": _word(
            "Bitte schreiben Sie das ganze Datum: Tag, Monat und Jahr.", "A part of the date is missing."
        ),
        "not-a-month": _word(
            "Bitte schreiben Sie Monat und Jahr, zum Beispiel 08.2026.", "Keep the example as it stands."
        ),
        "not-a-number": _word(
            "Bitte schreiben Sie hier nur eine Zahl, in Ziffern.", "The answer must be a number in digits."
        ),
        "too-small": _word(
            "Die Zahl ist zu klein. Sie muss mindestens {limit} sein.",
            "{limit} is a number or an amount in euros.",
        ),
        "too-large": _word(
            "Die Zahl ist zu groß. Sie darf höchstens {limit} sein.",
            "{limit} is a number or an amount in euros.",
        ),
        "too-many-decimals": _word(
            "Bitte kürzen Sie die Zahl. Ziffern nach dem Komma: höchstens {places}.",
            "How many digits may follow the decimal comma; {places} is a number, may be 0.",
        ),
        "too-long": _word(
            "Bitte schreiben Sie kürzer: höchstens {limit} Zeichen.", "{limit} is a number of characters."
        ),
        "unknown-option": _word(
            "Bitte wählen Sie eine der Antworten aus der Liste.", "The answer is none of those offered."
        ),
        "several-exclusive": _word(
            "„{option}“ passt nicht zu anderen Antworten. Bitte wählen Sie nur diese oder nur die anderen.",
            "{option} is an answer such as 'none of these', which cannot be chosen together with others.",
        ),
        "not-latin": _word(
            "Bitte schreiben Sie in lateinischer Schrift, wie im Ausweis. Hier nicht möglich: {letters}",
            "{letters} are the characters that are not Latin, as typed.",
        ),
        "bad-character": _word(
            "Bitte schreiben Sie diese Angabe neu. Sie enthält ein unsichtbares Zeichen, "
            "das hier nicht möglich ist ({character}).",
            "{character} is the number of the character, such as U+0007; it stays as it stands.",
        ),
        "not-confirmed": _word(
            "Bitte bestätigen Sie diese Erklärung mit einem Kreuz.",
            "Shown at a declaration whose box must be ticked and is not.",
        ),
        "attachment-missing": _word(
            "Diese Unterlage fehlt noch. Bitte legen Sie sie bei, oder schreiben Sie, wann sie kommt.",
            "Shown at a paper of the list that must come with the form.",
        ),
        "not-applicable": _word(
            "Diese Frage passt nicht zu Ihren anderen Antworten. Bitte prüfen Sie, ob die Antwort nötig ist.",
            "A warning: the question has an answer although it is meant for other cases.",
        ),
        "closed-option": _word(
            "„{option}“ ist hier nicht möglich: {reason}",
            "A warning: {option} is the answer chosen, {reason} a short text such as 'only for children under 18'.",
        ),
        "other-text": _word(
            "Bitte schreiben Sie dazu, was Sie mit „{option}“ meinen.",
            "A warning: {option} is an answer such as 'something else', behind which nothing is written.",
        ),
        "translation-needed": _word(
            "Das Amt braucht hier eine Übersetzung. Wenn Sie können, schreiben Sie bitte auf Deutsch.",
            "A warning: the applicant's own words are in another language than German. They are kept.",
        ),
        "pattern": _word(
            "Bitte prüfen Sie diese Angabe. Sie sieht anders aus als üblich.",
            "A warning: a number, such as a file number, does not have the usual form.",
        ),
        "bad-iban": _word(
            "Bitte prüfen Sie die IBAN, sie stimmt nicht. Sie steht auf der Bankkarte und dem Kontoauszug.",
            "The check digits of the bank account number are wrong.",
        ),
        "bad-bic": _word("Bitte prüfen Sie den BIC. Er hat 8 oder 11 Zeichen.", "The code of the bank is wrong."),
        "bad-postcode": _word(
            "Bitte schreiben Sie eine deutsche Postleitzahl mit 5 Ziffern.", "The postcode is wrong."
        ),
        "bad-email": _word(
            "Bitte prüfen Sie die E-Mail-Adresse. Richtig ist zum Beispiel name@beispiel.de.",
            "Keep the example as it stands.",
        ),
        "bad-phone": _word(
            "Bitte prüfen Sie die Telefonnummer. Sie besteht aus Ziffern, am Anfang kann ein + stehen.",
            "The telephone number holds letters, or is too short.",
        ),
    }
)

WORDS: tuple[Word, ...] = (
    *(Word(name, value) for name, value in list(globals().items()) if isinstance(value, Msg)),
    *(Word(f"error_{key}", msg) for key, msg in ANSWER_ERRORS.items()),
)
