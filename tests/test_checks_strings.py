"""Checks of single strings: known false alarms first, then what each check must tell apart."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from formkit.checks import WIDTHS, run_checks
from formkit.checks.figures import contacts
from formkit.checks.glossary import Glossary, Term, glossary
from formkit.checks.law import Reference, references
from formkit.checks.scripts import unified
from formkit.checks.stems import occurs
from formkit.checks.strings import tidied
from formkit.checks.values import Catalogues, Places, String, Translation
from formkit.i18n.catalog import Catalog, Entry
from formkit.i18n.languages import LANGUAGES, language
from formkit.i18n.safety import faults
from formkit.problems import Problem, Severity, Where

NO_TERMS = glossary(())


def problems(german: str, text: str, tag: str, terms: Glossary = NO_TERMS, role: str = "label") -> list[Problem]:
    """Check one string as the only one of a catalogue."""
    entry = Entry("", german, text, line=1, text_line=2)
    unsafe = tuple(Problem(Where("x.po", 2), fault.text, fault.check) for fault in faults(german, text))
    string = String(entry, language(tag), "x.po", unsafe, Places(roles=frozenset({role})), terms)
    catalog = Catalog(language(tag), Path("x.po"), {entry.key: entry}, {})
    translation = Translation("x", catalog, "x.po", "x 1", (), frozenset({entry.key}), {entry.key: string})
    return list(run_checks(Catalogues(language(tag), (translation,)), WIDTHS))


def found(german: str, text: str, tag: str, terms: Glossary = NO_TERMS, role: str = "label") -> list[str]:
    """Return the ids of the checks that find something."""
    return [problem.check for problem in problems(german, text, tag, terms, role)]


# Known false alarms of checks of this kind: each of these is right.


@pytest.mark.parametrize(
    ("german", "text", "tag"),
    [
        ("4 Wochen", "чотири тижні", "uk"),
        ("12 Monate", "twelve months", "en"),
        ("Alle drei Monate", "Кожні 3 місяці", "uk"),
        ("Jedes halbe Jahr", "6 ayda bir", "tr"),
        ("2 Wochen", "أسبوعان", "ar"),
    ],
)
def test_a_number_may_be_spelled_out_or_written_in_digits(german: str, text: str, tag: str) -> None:
    assert found(german, text, tag) == []


@pytest.mark.parametrize(
    ("german", "text", "tag"),
    [
        ("Ab 01.01.2026", "Від 2026/1/1", "uk"),
        ("Ab 1.1.2026", "Від 01.01.2026", "uk"),
        ("Ab 01.08.2026", "From 1 August 2026", "en"),
        ("Zum Beispiel 08.2026", "ለምሳሌ 8/2026", "ti"),
        ("12,50 €", "12.50 €", "en"),
        ("1.200 € im Jahr", "1 200 € на рік", "uk"),
        ("Ab 2026", "از ۲۰۲۶", "fa"),
    ],
)
def test_a_date_or_number_may_be_formatted_as_the_language_does(german: str, text: str, tag: str) -> None:
    assert found(german, text, tag) == []


def test_an_explanation_may_repeat_a_number() -> None:
    assert found("Bis 18 Jahre", "Bis 18 Jahre. Mit 18 Jahren ist man erwachsen", "de-simple") == []


def test_einfache_sprache_may_turn_a_label_into_a_question() -> None:
    assert found("Geburtsort", "In welchem Ort ist das Kind geboren?", "de-simple") == []


@pytest.mark.parametrize(
    ("german", "text", "tag"),
    [
        ("Sprechen Sie langsam", "Yavaş yavaş konuşunuz", "tr"),
        ("Wo befinden Sie sich?", "Où vous vous trouvez ?", "fr"),
        ("Das, was das Kind hatte", "Das, was das das Kind hatte", "de-simple"),
        ("Allmählich", "کم کم", "fa"),
    ],
)
def test_a_word_may_be_doubled_on_purpose(german: str, text: str, tag: str) -> None:
    assert found(german, text, tag) == []


def test_a_hyphen_parts_words_of_two_scripts() -> None:
    assert found("Die Datei als PDF", "«PDF-файл»", "uk") == []


TERMS = {
    "uk": ("Bescheid", "рішення"),
    "ru": ("Bescheid", "решение"),
    "tr": ("Bescheid", "karar"),
    "ar": ("Bescheid", "قرار"),
    "pl": ("Bescheid", "decyzja"),
}


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("uk", "Порівняйте зі своїми рішеннями"),
        ("uk", "Номер рішень"),
        ("ru", "Сравните со своими решениями"),
        ("tr", "Kararlarınızla karşılaştırınız"),
        ("tr", "KARARINIZDA"),
        ("ar", "قارنوا مع قراراتكم"),
        ("ar", "بالقرار وللقرار"),
        ("pl", "Na swoich decyzjach"),
    ],
)
def test_a_term_of_the_glossary_may_be_inflected(tag: str, text: str) -> None:
    german, rendering = TERMS[tag]
    assert found("Vergleichen Sie mit Ihren Bescheiden", text, tag, glossary([Term(german, (rendering,))])) == []


def test_another_use_of_capitals_is_right() -> None:
    assert found("Name der Schule", "Название Школы", "ru") == []
    assert found("ja, wenn Sie es wollen", "Sí, si quiere", "es") == []


def test_a_german_term_may_be_added_in_brackets() -> None:
    assert found("Ihr Bescheid", "القرار (Bescheid)", "ar") == []
    assert found("Die Wohnung", "«Konut» (Wohnung)", "tr") == []


def test_latin_words_in_a_right_to_left_text_need_no_isolates() -> None:
    assert found("Ihre IBAN", "رقم IBAN الخاص بكم", "ar") == []


def test_words_for_paragraph_and_article_are_free_and_so_is_the_order() -> None:
    german = "Art. 6 Abs. 1 Buchst. c DSGVO und § 28 SGB II"
    assert found(german, "وفق § 28 SGB II والمادة 6 الفقرة 1 الحرف c من DSGVO", "ar") == []
    assert found(german, "SGB II § 28 ve DSGVO madde 6 fıkra 1 bent c", "tr") == []


def test_a_full_stop_of_an_abbreviation_ends_no_sentence() -> None:
    assert found("Haus-Nr.", "رقم البيت", "ar") == []
    assert found("Hausnummer", "№ буд.", "uk") == []
    assert found("Straße und Hausnummer", "Sokak ve ev no.", "tr") == []


def test_words_that_languages_share_and_names_may_stay() -> None:
    for german in ("Telefon", "IBAN", "§ 2 AsylbLG", "Online"):
        assert found(german, german, "tr") == []
    assert (
        found(
            "Deutschlandticket",
            "Deutschlandticket",
            "en",
            glossary([Term("Deutschlandticket", ("Deutschlandticket",))]),
        )
        == []
    )


def test_a_fixed_space_before_a_unit_is_right_and_french_uses_it_anywhere() -> None:
    assert found("Bis 3 km", "До 3\u00a0км", "uk") == []
    assert found("Wer zahlt?", "Qui paie\u00a0?", "fr") == []


def test_an_enumerator_opens_no_bracket() -> None:
    assert found("a) Mutter", "а) Мати", "uk", role="hint") == []


@pytest.mark.parametrize(
    ("german", "text", "tag"),
    [
        ("Ein volljähriges Kind", "Un hijo mayor de 18 años", "es"),
        ("Bis 17,50 Euro", "حتى 17,5 يورو", "ar"),
        ("Hubraum bis 500 ccm", "jusqu'à 500 cm3", "fr"),
        ("Haben Sie Leistungen nach dem SGB II?", "Есть ли у вас пособия по SGB II (часть 2)?", "ru"),
        ("Viertes Kapitel", "Chapter 4", "en"),
        ("**Drei Stunden** am Tag", "**3 hours** a day", "en"),
        ("Seit dem 01.01.2016", "Depuis le 01/01/2016", "fr"),
    ],
)
def test_words_roman_numerals_and_units_may_bring_other_digits(german: str, text: str, tag: str) -> None:
    assert found(german, text, tag) == []


def test_an_act_that_german_writes_out_may_be_named_by_its_abbreviation() -> None:
    assert found("Nach dem Zweiten Buch Sozialgesetzbuch", "According to SGB II", "en") == []
    assert found("Leistungen nach dem Bundesversorgungsgesetz", "Prestaciones según BVG", "es") == []
    assert found("Nach dem Zweiten Buch", "According to SGB III", "en") == ["legal-reference"]


def test_a_number_of_a_reference_may_touch_a_word_of_another_script() -> None:
    assert found("Nach § 27 Abs. 3 WoGG", "براساس بند27 پاراگراف3 WoGG", "fa") == []
    assert found("Nach §§ 8, 8a SGB IV", "بر اساس بند 8, 8aکتاب SGB IV", "fa") == []


def test_the_ending_of_another_gender_or_number_is_no_bracket_to_keep() -> None:
    assert found("Kontoinhaber(in)", "Account holder", "en") == []


def test_a_polite_and_another_pronoun_may_meet() -> None:
    assert found("Bitte einreichen", "Dann reichen Sie sie bitte ein", "de-simple") == []


def test_an_article_before_a_number_and_an_enumerator_are_right_in_arabic_script() -> None:
    assert found("Unter 18 Jahren", "تحت سن الـ 18", "ar") == []
    assert found("a) Die Wohnung", "a) الشقة", "ar") == []


# What must be told apart.


def test_the_question_mark_is_that_of_the_script() -> None:
    assert found("Wo?", "أين", "ar") == ["end-punctuation"]
    assert found("Wo?", "أين?", "ar") == ["end-punctuation"]
    assert found("Wo?", "أين؟", "ar") == []
    assert found("Wo?", "Πού;", "el") == []
    assert found("Wo ist das Amt heute?", "ቤት ጽሕፈት ኣበይ ኣሎ።", "ti") == ["end-punctuation"]


def test_an_ellipsis_is_an_ellipsis_in_either_spelling() -> None:
    assert found("und so weiter …", "і так далі...", "uk") == []


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("§ 82 SGB II", "legal-reference"),
        ("§ 28 SGB III", "legal-reference"),
        ("§ 28", "legal-reference"),
        ("§ 28a SGB II", "legal-reference"),
        ("§ ٢٨ SGB II", "legal-reference"),
    ],
)
def test_a_changed_reference_is_found(text: str, check: str) -> None:
    assert check in found("Hilfe nach § 28 SGB II", f"مساعدة وفق {text}", "ar")


def test_german_references_are_read_with_their_acts() -> None:
    text = "Rechtsgrundlagen sind Art. 6 Abs. 1 Buchst. c und e DSGVO, §§ 67a ff. SGB X sowie § 6b BKGG. Siehe § 5."
    expected = (
        Reference("DSGVO", ("6", "1", "c", "e")),
        Reference("SGB X", ("67a",)),
        Reference("BKGG", ("6b",)),
        Reference("", ("5",)),
    )
    assert expected == references(text)


def test_contact_data_are_recognised_and_dates_years_and_file_numbers_are_not() -> None:
    text = "Tel. 07151 501-0, amt@beispiel.de, www.beispiel.de. IBAN DE02 1203 0000 0000 2020 51, 71332 Waiblingen"
    expected = {
        ("telephone number", "07151 501-0"),
        ("e-mail address", "amt@beispiel.de"),
        ("address on the web", "www.beispiel.de"),
        ("IBAN", "DE02 1203 0000 0000 2020 51"),
        ("postal line", "71332 Waiblingen"),
    }
    assert expected == set(contacts(text))
    assert contacts("Ab 01.08.2026, Schuljahr 2026/2027, 12345BG0012345, 00.00.1990, 5 oder 11 Zeichen") == ()


def test_only_numbers_that_a_word_could_stand_for_may_be_missing() -> None:
    assert found("Bis 25 Jahre", "До двадцяти п’яти років", "uk") == ["numbers"]
    assert found("Bis 3 km", "До 8 км", "uk") == ["numbers"]
    assert found("Bis 3 km", "Недалеко", "uk") == []


def test_a_forbidden_rendering_is_an_error_unless_an_allowed_one_stands_beside_it() -> None:
    terms = glossary([Term("Bescheid", ("рішення",), ("лист",))])
    assert [p.severity for p in problems("Ihr Bescheid", "Ваш лист", "uk", terms)] == [Severity.ERROR]
    assert [p.severity for p in problems("Ihr Bescheid", "Ваш папір", "uk", terms)] == [Severity.WARNING]
    assert found("Ihr Bescheid", "Лист із рішенням", "uk", terms) == []


def test_a_term_is_no_part_of_another_word() -> None:
    terms = glossary(
        [Term("Antrag", ("заява",)), Term("Rückforderungsbescheid", ("вимога",)), Term("Bescheid", ("рішення",))]
    )
    assert [term.german for term in terms.within("Anträge des Antragstellers")] == ["Antrag"]
    assert [term.german for term in terms.within("Ein Rückforderungsbescheid")] == ["Rückforderungsbescheid"]


def test_a_short_word_is_not_found_in_longer_ones() -> None:
    assert not occurs("form", "For this you need an information sheet", language("en"))
    assert occurs("form", "Two forms", language("en"))


def test_turkish_capitals_fold_as_turkish() -> None:
    assert occurs("ışık", "IŞIK", language("tr"))
    assert not occurs("ışık", "İŞİK", language("tr"))


def test_corrections_that_need_no_thinking_satisfy_the_checks() -> None:
    assert tidied(" Місце  тут\u200b ", "Ort hier") == "Місце тут"
    assert tidied("Край", "Ort ") == "Край "
    assert unified("مدرسه علي كـتاب", "fa") == "مدرسه علی کتاب"
    assert unified("١٤٤٧ هـ، الـ 18", "ar") == "١٤٤٧ هـ، الـ 18"
    assert unified("Şcoală", "ro") == "Școală"


@pytest.mark.parametrize("tag", sorted(LANGUAGES.keys() - {"de"}))
def test_a_text_without_words_of_its_own_is_right_in_every_language(tag: str) -> None:
    """Numbers, placeholders and signs alone: no check may stumble over an empty or wordless text."""
    glyphless = ["missing-glyph"] if tag == "zh-Hans" else []
    assert found("{n} €", "{n} €", tag, role="hint") == glyphless


@pytest.mark.parametrize("text", ["1" * 19_000, "§" * 19_000, "§ 1 und " * 2_000, "„" * 19_000, "a." * 9_000 + "@"])
def test_a_string_made_to_keep_a_check_busy_does_not(text: str) -> None:
    start = time.perf_counter()
    found(text, text, "de-simple")
    found("Ort", text, "ar")
    assert time.perf_counter() - start < 10
