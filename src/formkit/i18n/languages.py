"""The languages formkit knows, in one table, and how each of them writes numbers, amounts and dates.

Libraries are asked by an explicit locale and only for formats: aliases and fallbacks of Babel or gettext
choose wrong languages and scripts (`kmr` becomes a Turkish locale, `ku_Arab` left-to-right), so tags,
directions and plural rules stand here.
"""

from __future__ import annotations

import datetime
import difflib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from formkit.errors import UnknownName

if TYPE_CHECKING:
    from babel import Locale

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the project.

    `tag` is BCP 47, `folder` its name in `locales/`, `script` ISO 15924, `plural` the value of
    Plural-Forms, `cldr` the locale for formats ("" where CLDR has none), `need` the place in the order
    of need among applicants (0 is German itself).
    """

    tag: str
    folder: str
    autonym: str
    german: str
    english: str
    script: str
    direction: Direction
    plural: str
    cldr: str
    need: int


# Checked against CLDR for n = 0 … 2000 by the tests; never read from a catalogue or a library, which
# are wrong in part (Babel exchanges two Arabic forms, python-babel/babel#816).
_ONE_OTHER = "nplurals=2; plural=(n != 1)"
_ZERO_ONE_OTHER = "nplurals=2; plural=(n > 1)"
_NONE = "nplurals=1; plural=0"
_FEW = "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
_SLAVIC = f"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {_FEW})"
_POLISH = f"nplurals=3; plural=(n==1 ? 0 : {_FEW})"
_ROMANIAN = "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2)"
_ARABIC = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"

# Quotation marks by CLDR (delimiters), which Babel does not expose; «» where a language is not named.
_QUOTES = {
    "„“": ("de", "de-simple", "bg", "sr-Latn", "sr-Cyrl", "bs"),
    "„”": ("ro", "pl", "hr"),
    "“”": ("tr", "en", "so", "vi", "zh-Hans", "hi", "ur", "rom", "pt"),
}
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa"})

# One row a language, in the order of need. The last cell is the CLDR locale where it is not the folder's
# name: European English for day-month-year, `ku` is CLDR's name for Kurmanji, `rom` is unknown to CLDR.
_ROWS: tuple[tuple[str, str, str, str, str, str, str | None], ...] = (
    ("de", "Deutsch", "Deutsch", "German", "Latn", _ONE_OTHER, None),
    ("de-simple", "Einfache Sprache", "Einfache Sprache", "Plain German", "Latn", _ONE_OTHER, "de"),
    ("uk", "українська", "Ukrainisch", "Ukrainian", "Cyrl", _SLAVIC, None),
    ("ar", "العربية", "Arabisch", "Arabic", "Arab", _ARABIC, None),
    ("tr", "Türkçe", "Türkisch", "Turkish", "Latn", _ONE_OTHER, None),
    ("ro", "română", "Rumänisch", "Romanian", "Latn", _ROMANIAN, None),
    ("ru", "русский", "Russisch", "Russian", "Cyrl", _SLAVIC, None),
    ("en", "English", "Englisch", "English", "Latn", _ONE_OTHER, "en_GB"),
    ("fa", "فارسی", "Persisch", "Persian", "Arab", _ZERO_ONE_OTHER, None),
    ("prs", "دری", "Dari", "Dari", "Arab", _ZERO_ONE_OTHER, "fa_AF"),
    ("pl", "polski", "Polnisch", "Polish", "Latn", _POLISH, None),
    ("bg", "български", "Bulgarisch", "Bulgarian", "Cyrl", _ONE_OTHER, None),
    ("kmr", "kurdî (kurmancî)", "Kurdisch (Kurmandschi)", "Kurdish (Kurmanji)", "Latn", _ONE_OTHER, "ku"),
    ("ckb", "کوردیی ناوەندی", "Kurdisch (Sorani)", "Kurdish (Sorani)", "Arab", _ONE_OTHER, None),
    ("ti", "ትግርኛ", "Tigrinya", "Tigrinya", "Ethi", _ZERO_ONE_OTHER, None),
    ("ps", "پښتو", "Paschtu", "Pashto", "Arab", _ONE_OTHER, None),
    ("so", "Soomaali", "Somali", "Somali", "Latn", _ONE_OTHER, None),
    ("fr", "français", "Französisch", "French", "Latn", _ZERO_ONE_OTHER, None),
    ("sq", "shqip", "Albanisch", "Albanian", "Latn", _ONE_OTHER, None),
    ("sr-Latn", "srpski (latinica)", "Serbisch (Latein)", "Serbian (Latin)", "Latn", _SLAVIC, None),
    ("sr-Cyrl", "српски (ћирилица)", "Serbisch (Kyrillisch)", "Serbian (Cyrillic)", "Cyrl", _SLAVIC, None),
    ("hr", "hrvatski", "Kroatisch", "Croatian", "Latn", _SLAVIC, None),
    ("bs", "bosanski", "Bosnisch", "Bosnian", "Latn", _SLAVIC, None),
    ("rom", "romani čhib", "Romani", "Romani", "Latn", _ONE_OTHER, ""),
    ("es", "español", "Spanisch", "Spanish", "Latn", _ONE_OTHER, None),
    ("it", "italiano", "Italienisch", "Italian", "Latn", _ONE_OTHER, None),
    ("el", "Ελληνικά", "Griechisch", "Greek", "Grek", _ONE_OTHER, None),
    ("pt", "português", "Portugiesisch", "Portuguese", "Latn", _ZERO_ONE_OTHER, None),
    ("vi", "Tiếng Việt", "Vietnamesisch", "Vietnamese", "Latn", _NONE, None),
    ("zh-Hans", "简体中文", "Chinesisch (vereinfacht)", "Chinese (simplified)", "Hans", _NONE, None),
    ("am", "አማርኛ", "Amharisch", "Amharic", "Ethi", _ZERO_ONE_OTHER, None),
    ("ur", "اردو", "Urdu", "Urdu", "Arab", _ONE_OTHER, None),
    ("hi", "हिन्दी", "Hindi", "Hindi", "Deva", _ZERO_ONE_OTHER, None),
)


def _languages() -> Iterable[Language]:
    for need, (tag, autonym, german, english, script, plural, cldr) in enumerate(_ROWS):
        folder = tag.replace("-", "_")
        direction: Direction = "rtl" if script in _RIGHT_TO_LEFT else "ltr"
        locale = folder if cldr is None else cldr
        yield Language(tag, folder, autonym, german, english, script, direction, plural, locale, need)


def quoted(text: str, reader: Language) -> str:
    """Put a text in the quotation marks of a language.

    >>> quoted("Ja", GERMAN)
    '„Ja“'
    """
    marks = next((marks for marks, tags in _QUOTES.items() if reader.tag in tags), "«»")
    return f"{marks[0]}{text}{marks[1]}"


LANGUAGES: Mapping[str, Language] = MappingProxyType({each.tag: each for each in _languages()})
GERMAN = LANGUAGES["de"]


def language(tag: str) -> Language:
    """Return the language of a tag, written exactly as in the table.

    Takes a tag such as "uk" or "sr-Latn"; raises UnknownName that names the nearest tag.

    >>> language("ar").direction
    'rtl'
    """
    if tag in LANGUAGES:
        return LANGUAGES[tag]
    guess = _nearest(tag)
    known = ", ".join(LANGUAGES)
    hint = f"; did you mean '{guess.tag}' ({guess.english})?" if guess else ""
    raise UnknownName(f"unknown language '{tag}'{hint}", advice=f"Known languages: {known}.")


def by_folder(folder: str) -> Language:
    """Return the language of a folder in `locales/`, such as "sr_Latn"; raises UnknownName."""
    for each in LANGUAGES.values():
        if each.folder == folder:
            return each
    guess = _nearest(folder)
    hint = f"; did you mean '{guess.folder}' ({guess.english})?" if guess else ""
    raise UnknownName(
        f"'{folder}' is no folder of a language formkit knows{hint}",
        advice="The folder of a language is its tag with '_' for '-', such as sr_Latn or de_simple.",
    )


def _nearest(word: str) -> Language | None:
    """Guess the language from its tag or from its name in German, English or itself."""
    names = {
        name.casefold(): each
        for each in LANGUAGES.values()
        for name in (each.english, each.german, each.autonym, each.folder, each.tag)
    }
    wanted = word[:40].casefold()
    close = difflib.get_close_matches(wanted, names, n=1)
    # A region too much ("uk-UA", "de_DE") is the commonest slip, and no near match of the letters.
    base = wanted.replace("_", "-").partition("-")[0]
    variants = (each for each in LANGUAGES.values() if each.tag.startswith(f"{base}-"))
    return names[close[0]] if close else names.get(base) or next(variants, None)


# Direction marks that CLDR puts around numbers: whoever places a value into a text isolates it.
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))

# The official German date, and digits for Arabic, whose month names differ from country to country
# (March is مارس in Egypt, آذار in Syria). All others write the month as a word: 7/3 is no date that
# everybody reads alike.
_DATE_PATTERNS = {"de": "dd.MM.yyyy", "ar": "dd/MM/yyyy"}


def format_number(value: int | Decimal, reader: Language) -> str:
    """Write a number as the reader's language does, with Latin digits and every decimal it has.

    >>> format_number(Decimal("1234.50"), GERMAN)
    '1.234,50'
    """
    from babel.numbers import format_decimal

    locale = _locale(reader)
    decimals = max(0, -int(Decimal(value).as_tuple().exponent))
    whole = str(locale.decimal_formats[None].pattern).partition(".")[0]
    pattern = f"{whole}.{'0' * decimals}" if decimals else whole
    text = format_decimal(value, pattern, locale=locale, decimal_quantization=False, numbering_system="latn")
    return text.translate(_MARKS)


def format_amount(value: int | Decimal, reader: Language) -> str:
    """Write an amount in euros as the reader's language does: two decimals, Latin digits, the euro sign.

    >>> format_amount(Decimal("12.5"), GERMAN)
    '12,50\\xa0€'
    """
    from babel.numbers import format_currency

    text = format_currency(value, "EUR", locale=_locale(reader), decimal_quantization=False, numbering_system="latn")
    # Ukrainian and Romanian locales prefer the code; the form shows the sign in every language.
    return text.replace("EUR", "€").translate(_MARKS)


def format_date(value: datetime.date, reader: Language) -> str:
    """Write a date of the Gregorian calendar as the reader's language does, with Latin digits.

    >>> format_date(datetime.date(2026, 3, 7), GERMAN)
    '07.03.2026'
    """
    from babel import dates

    pattern = _DATE_PATTERNS.get(reader.tag if reader.cldr else GERMAN.tag, "long")
    return dates.format_date(value, pattern, locale=_locale(reader)).translate(_MARKS)


@functools.cache
def _locale(reader: Language) -> Locale:
    """Return Babel's locale; German formats stand in where CLDR does not know the language."""
    from babel import Locale

    return Locale.parse(reader.cldr or GERMAN.cldr)
