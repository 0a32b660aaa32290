"""Texts on a page: harmless whatever they hold, marked as written, readable in both directions."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from formkit.i18n.languages import GERMAN, language
from formkit.render.inline import facts, inline, isolate
from formkit.render.page import Layout, Page
from formkit.texts import Msg
from projects import change, localized, sample_project

AR, UK = language("ar"), language("uk")
LRI, PDI = "\u2066", "\u2069"


def shown(text: str, reader: object = GERMAN, **values: str) -> str:
    assert reader in (GERMAN, AR, UK)
    known = {name: Markup(value) for name, value in values.items()}
    return str(inline(text, reader, known.__getitem__))  # type: ignore[arg-type]


def bare(text: str) -> str:
    """Write isolates as [ and ], which can be seen."""
    return text.replace(LRI, "[").replace(PDI, "]")


# --- Nothing in a text is markup but its three marks -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=file:///etc/passwd>", "&lt;img src=file:///etc/passwd&gt;"),
        ("</p><style>*{display:none}</style>", "&lt;/p&gt;&lt;style&gt;*{display:none}&lt;/style&gt;"),
        ('" onload="x" \'', "&#34; onload=&#34;x&#34; &#39;"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("{% for x in y %}{% endfor %}", "{% for x in y %}{% endfor %}"),
        ("{# weg #}", "{# weg #}"),
        ("{a.__init__.__globals__[X]} {a:>2000000000}", "{a.__init__.__globals__[X]} {a:&gt;2000000000}"),
        ("%2000000000s", "%2000000000s"),
        ("&amp; &lt;b&gt; &#60;", "&amp;amp; &amp;lt;b&amp;gt; &amp;#60;"),
        ("**<b>**", "<strong>&lt;b&gt;</strong>"),
    ],
)  # fmt: skip
def test_markup_and_template_syntax_in_a_text_are_only_characters(text: str, html: str) -> None:
    assert shown(text) == html
    assert shown(text, UK) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**stark**", "<strong>stark</strong>"),
        ("*betont* und", "<em>betont</em> und"),
        ("***beides***", "<strong><em>beides</em></strong>"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("**offen", "**offen"),
        ("[Seite](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">Seite</a>'),
        ("[Brief](mailto:a@example.org)", '<a href="mailto:a@example.org">Brief</a>'),
        ("[Anruf](tel:+490000)", '<a href="tel:+490000">Anruf</a>'),
        ("**[fett](https://example.org)**", '<strong><a href="https://example.org">fett</a></strong>'),
        ("{n} Kinder", "<b>2</b> Kinder"),
        ("**{n}** Kinder", "<strong><b>2</b></strong> Kinder"),
    ],
)
def test_three_marks_and_placeholders_are_all_that_is_interpreted(text: str, html: str) -> None:
    assert shown(text, n="<b>2</b>") == html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://example.org",
        "data:text/html,x",
        "//example.org",
        "HTTPS://x",
        "https:",
        "https://a b",
    ],
)
def test_a_link_leads_to_https_mail_or_telephone_only(target: str) -> None:
    text = f"[Seite]({target})"
    assert shown(text) == str(escape(text))


def test_a_quote_cannot_leave_the_address_of_a_link() -> None:
    assert shown('[x](https://e.org/"onclick="y)') == '<a href="https://e.org/&#34;onclick=&#34;y">x</a>'


class Tags(HTMLParser):
    """Collect the tags and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(f"{tag} {' '.join(name for name, _ in attrs)}".strip())

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text() | st.text("<>&\"'*[]()a{}% =/:" + "https"))
def test_any_text_gives_only_our_own_tags(text: str) -> None:
    found = Tags(shown(text, language("uk"), **{name: "1" for name in re.findall(r"\{([a-z][a-z0-9_]*)\}", text)}))
    assert found.tags <= {"strong", "em", "a href"}


@given(st.text(st.characters(exclude_characters="*[]{}\r\0", exclude_categories=["Cs"])))
def test_any_text_without_marks_can_be_read_as_it_was_written(text: str) -> None:
    assert Tags(shown(text)).text.replace("\u00a0", " ") == text.replace("\u00a0", " ")


# --- Left-to-right words inside right-to-left sentences --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("القرار (Bescheid)", "القرار ([Bescheid])"),
        ("رقم BG", "رقم [BG]"),
        ("حسب § 28 SGB II فقط", "حسب [§ 28 SGB II] فقط"),
        ("§§ 2 und 3 AsylbLG", "[§§ 2 und 3 AsylbLG]"),
        ("مبلغ 12,50 € شهريًا", "مبلغ [12,50 €] شهريًا"),
        ("15.50\u00a0€", "[15.50\u00a0€]"),
        ("خصم 50 % فقط", "خصم [50 %] فقط"),
        ("في Größe و Straße", "في [Größe] و [Straße]"),
        ("Straße 5, 71332 Waiblingen", "[Straße 5, 71332 Waiblingen]"),
        ("هاتف +49 7151 501-0.", "هاتف [+49 7151 501-0]."),
        ("name@example.org", "[name@example.org]"),
        ("من 01.08.2026 حتى 31.07.2027", "من [01.08.2026] حتى [31.07.2027]"),
        ("(الغرفة، c/o)", "(الغرفة، [c/o])"),
        ("Vorname(n)", "[Vorname(n)]"),
        ("Vorname(n) (في Pass)", "[Vorname(n)] (في [Pass])"),
        ("رقم BG (BG-Nummer)", "رقم [BG] ([BG-Nummer])"),
        ("a) نص", "[a]) نص"),
        ("(من Jobcenter) (Kita نص)", "(من [Jobcenter]) ([Kita] نص)"),
        ("x (a) (b", "[x (a)] ([b]"),
        ("((x) y", "(([x]) [y]"),
        ("„Änderung“", "„[Änderung]“"),
        ("ما نوع هذا الطلب؟", "ما نوع هذا الطلب؟"),
        ("لفظ Бланк", "لفظ [Бланк]"),
        ("", ""),
    ],
)
def test_a_latin_term_or_number_is_isolated_with_the_signs_that_belong_to_it(text: str, expected: str) -> None:
    assert bare(isolate(text)) == expected


RTL_TEXT = st.text(st.sampled_from("ابت؟، ab ÄßЖ019.,:§€%()-+/@&’\u00a0\n"))


def balanced(text: str) -> bool:
    depth = 0
    for character in re.findall(f"[{LRI}{PDI}]", text):
        depth += 1 if character == LRI else -1
        if depth not in (0, 1):
            return False
    return depth == 0


@given(st.text() | RTL_TEXT)
def test_isolating_adds_nothing_but_closed_isolates(text: str) -> None:
    text = text.replace(LRI, "").replace(PDI, "")
    found = isolate(text)
    assert found.replace(LRI, "").replace(PDI, "") == text
    assert balanced(found)


@given(RTL_TEXT)
def test_brackets_inside_an_isolate_close_inside_it(text: str) -> None:
    for run in re.findall(f"{LRI}([^{PDI}]*){PDI}", isolate(text)):
        before, after = 0, 0
        for character in run:
            before += (character == "(") - (character == ")")
            after = min(after, before)
        assert (before, after) == (0, 0)
        assert run == run.strip()


@given(RTL_TEXT)
def test_every_latin_letter_and_digit_is_isolated(text: str) -> None:
    outside = re.sub(f"{LRI}[^{PDI}]*{PDI}", "", isolate(text))
    assert re.findall("[a-zA-Z0-9ÄßЖ]", outside) == []


def test_thousands_of_brackets_are_isolated_in_no_time() -> None:
    assert bare(isolate("a)" * 10_000)) == "[a])" * 10_000
    assert bare(isolate("(a" * 10_000)) == "([a]" * 10_000


def test_only_right_to_left_texts_get_isolates() -> None:
    assert shown("§ 28 SGB II", AR) == f"{LRI}§\u00a028\u00a0SGB\u00a0II{PDI}"
    assert shown("§ 28 SGB II", UK) == "§\u00a028\u00a0SGB\u00a0II"
    assert shown("§ 28 SGB II") == "§\u00a028\u00a0SGB\u00a0II"


def test_values_of_placeholders_are_isolated_and_escaped_too() -> None:
    assert str(facts({"options": "نعم oder <b>"}, AR)("options")) == f"نعم {LRI}oder{PDI} &lt;{LRI}b{PDI}&gt;"
    assert str(facts({"options": "a & b"}, UK)("options")) == "a &amp; b"


def test_a_value_of_the_form_is_escaped_wherever_it_stands(tmp_path: Path) -> None:
    project = sample_project(tmp_path / "a", languages=["ar", "uk"])
    change(project.forms / "alles.yaml", "value: Wohngeld", 'value: "<b>Wohn & Geld"')
    msg = Msg("Zweites mit {leistung}")
    page = Page(localized(project, "alles", "uk"), Layout.INTERLINEAR)
    assert page.source(msg) == "Zweites mit &lt;b&gt;Wohn &amp; Geld"
    assert page.target(msg) == '‹текст Zweites mit <span lang="de" dir="ltr">&lt;b&gt;Wohn &amp; Geld</span>›'


# --- What stays together at the end of a line --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 28 SGB II", "§~28~SGB~II"),
        ("nach Art. 13 DSGVO", "nach Art.~13~DSGVO"),
        ("§ 28 Abs. 4 Nr. 2 SGB II", "§~28 Abs.~4 Nr.~2~SGB~II"),
        ("Art. 6 Abs. 1 Buchst. e DSGVO", "Art.~6 Abs.~1 Buchst.~e~DSGVO"),
        ("§ 6b BKGG", "§~6b~BKGG"),
        ("§§ 67 ff. SGB X", "§§~67~ff.~SGB~X"),
        ("3 km weit, 15 €", "3~km weit, 15~€"),
        ("3 Kinder", "3 Kinder"),
        ("12 kmh", "12 kmh"),
    ],
)
def test_a_reference_to_a_law_and_a_number_with_its_unit_stay_together(text: str, expected: str) -> None:
    assert shown(text).replace("\u00a0", "~") == expected
    assert shown(text, UK).replace("\u00a0", "~") == expected
