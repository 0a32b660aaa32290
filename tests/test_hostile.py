"""Hostile catalogues and definitions through the whole program: a located error or harmless text, never more.

A server on this machine counts what is fetched, a secret file must not turn up in a page, and no file is left half.
"""

from __future__ import annotations

import http.server
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from formkit.cli import main
from formkit.definition import load_form
from formkit.fields.text import TextField
from formkit.i18n.languages import language
from formkit.i18n.paths import REVIEWS, catalog_path
from formkit.project import Project
from printed import keys, opened, pdfium, squeezed
from projects import change, sample_project

FORBIDDEN = {"/EmbeddedFiles", "/EF", "/JavaScript", "/JS", "/OpenAction", "/AA", "/AcroForm", "/Launch", "/URI"}
SECRET = "Kennwort-4711-Geheim"


@pytest.fixture(scope="module")
def server() -> Iterator[http.server.HTTPServer]:
    """Run a server that notes what it is asked for."""

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    hits: list[str] = []
    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    found.hits = hits  # type: ignore[attr-defined]
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()


class Attempt:
    """A sample project under attack: what is put into it, and what the program makes of it."""

    def __init__(self, project: Project, server: http.server.HTTPServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.project, self.capsys = project, capsys
        self.hits: list[str] = server.hits  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.secret = project.root / "secret.txt"
        self.secret.write_text(SECRET, encoding="utf-8")
        self.output = project.output / "kurz.uk.print.pdf"
        self.took = 0.0

    def filled(self, text: str) -> str:
        """Put the addresses of server and secret file into an attack."""
        return text.replace("URL", self.url).replace("SECRET", self.secret.as_uri())

    def catalog(self) -> Path:
        return catalog_path(self.project.locales, language("uk"), "kurz")

    def run(self, *arguments: str) -> tuple[object, str]:
        """Call the command line; return the exit code and all that was said."""
        start = time.process_time()
        with pytest.raises(SystemExit) as stop:
            main(["--project", str(self.project.root), *arguments])
        self.took = time.process_time() - start
        said = self.capsys.readouterr()
        assert "Traceback" not in said.err
        assert SECRET not in said.err + said.out
        return stop.value.code, said.err + said.out

    def render(self) -> tuple[object, str]:
        return self.run("render", "kurz", "--lang", "uk", "--workers", "1")

    def assert_harmless(self) -> None:
        """Nothing was fetched, opened or left behind, and a file that is there is a page of text."""
        assert self.hits == []
        assert [path.name for path in self.project.root.rglob("*.tmp")] == []
        if not self.output.exists():
            return
        data = self.output.read_bytes()
        with opened(data) as pdf:
            forbidden = {
                "/EmbeddedFiles",
                "/EF",
                "/JavaScript",
                "/JS",
                "/OpenAction",
                "/AA",
                "/AcroForm",
                "/Launch",
                "/URI",
            }
            assert keys(pdf) & forbidden == set()
            streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert SECRET not in pdfium(data)
        assert not [stream for stream in streams if SECRET.encode() in stream]
        assert SECRET.encode() not in data


@pytest.fixture
def attempt(tmp_path: Path, server: http.server.HTTPServer, capsys: pytest.CaptureFixture[str]) -> Iterator[Attempt]:
    made = Attempt(sample_project(tmp_path / "project", ["kurz"], ["uk"]), server, capsys)
    yield made
    made.assert_harmless()


# --- Catalogues: text that is only text ------------------------------------------------------------------------

TEXTS = {
    "script": "<script src=URL/x.js>alert(1)</script>",
    "picture": "<img src=URL/x.png><img src=SECRET>",
    "svg": "<svg><image href=SECRET /><use href=URL/x.svg /></svg>",
    "style": "<style>@import url(URL/x.css); p { display: none }</style>",
    "font": "<style>@font-face { font-family: x; src: url(URL/x.ttf) }</style>",
    "background": "<p style='background: url(URL/x.png)'>x</p>",
    "base": "<base href=URL/><link rel=stylesheet href=x.css>",
    "attachment": "<link rel=attachment href=SECRET><a rel=attachment href=SECRET>x</a>",
    "hidden": "nur <span style='display:none'>nicht</span> hier",
    "form": "<form action=URL/ method=get><input name=x><button>x</button></form>",
    "meta": "<meta http-equiv=refresh content='0;url=URL/'>",
    "closing": "</span></p></div></body></html><h1>falsch</h1>",
    "script link": "[Seite](javascript:alert(1))",
    "file link": "[Seite](SECRET)",
    "http link": "[Seite](URL/)",
    "jinja": "{{ 7+7 }} {% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %} {# #}",
    "format": "{a.__init__.__globals__[SECRET]} {0!r:>2000000000} %2000000000s %(x)s",
    "entities": "&lt;img&gt; &amp;#60; &#x3c;script&#x3e;",
    "utf-7": "+ADw-script+AD4-",
    "quotes": '\\" onload=\\"x\\" \' style=\'x',
    "css": "} p { display: none } @page { size: 1mm } \\\\0041",
}


@pytest.mark.parametrize("what", TEXTS)
def test_markup_and_code_in_a_translation_are_printed_as_they_stand(attempt: Attempt, what: str) -> None:
    text = attempt.filled(TEXTS[what])
    change(attempt.catalog(), 'msgstr "‹текст Familienname›"', f'msgstr "{text}"')
    code, said = attempt.render()
    assert (code, said.splitlines()[-1]) == (0, str(attempt.output)), said
    shown = text.replace('\\"', '"').replace("\\\\", "\\")
    assert squeezed(shown) in squeezed(pdfium(attempt.output.read_bytes()))


# --- Catalogues: strings that are kept off the page ---------------------------------------------------------------

STRINGS = {
    "turned round": ("Пріз\u202eвище", "bidi"),
    "embedded": ("Пріз\u202bвище", "bidi"),
    "open isolate": ("Прі\u2067звище", "bidi"),
    "closed isolate": ("Прі\u2069звище", "bidi"),
    "new placeholder": ("Прізвище {betrag}", "placeholders"),
    "new link": ("[Прізвище](https://example.org)", "markup"),
    "new mark": ("**Прізвище**", "markup"),
    "line feed": ("Прі\\nзвище", "edges"),
    "backspace": ("Прі\\bзвище", "edges"),
    "a book": ("слово " * 1_500, "length"),
    "an endless word": ("слово" * 60, "length"),
    "lost letter": ("Пр\ufffdзвище", "edges"),
}


@pytest.mark.parametrize("what", STRINGS)
def test_a_string_that_could_mislead_is_told_and_german_stands_in_its_place(attempt: Attempt, what: str) -> None:
    text, check = STRINGS[what]
    change(attempt.catalog(), 'msgstr "‹текст Familienname›"', f'msgstr "{text}"')
    code, said = attempt.render()
    assert code == 1
    assert re.search(rf"^locales/uk/LC_MESSAGES/kurz\.po:\d+: error: .* \[{check}\]$", said, re.MULTILINE), said
    page = squeezed(pdfium(attempt.output.read_bytes()))
    assert squeezed("Familienname [‹текст Übersetzung fehlt›]") in page
    assert squeezed("unvollständig (80 %)") in page or "unvollständig" in page


# --- Catalogues: files that cannot be trusted -----------------------------------------------------------------------

Spoil = Callable[[str], str]
FILES: dict[str, tuple[Spoil, str]] = {
    "utf-7": (lambda text: text.replace("charset=UTF-8", "charset=utf-7"), "encoding"),
    "rot13": (lambda text: text.replace("charset=UTF-8", "charset=rot13"), "encoding"),
    "no end": (lambda text: text.rstrip()[:-1], "po-syntax"),
    "cut off": (lambda text: text[: text.rindex("msgstr")], "po-syntax"),
    "twice": (lambda text: text + text[text.rindex("#. id") :], "duplicate-entry"),
    "NUL": (lambda text: text.replace("‹текст Person›", "Осо\0ба"), "control-character"),
    "C0": (lambda text: text.replace("‹текст Person›", "Осо\x1bба"), "control-character"),
    "non-character": (lambda text: text.replace("‹текст Person›", "Осо\ufffeба"), "control-character"),
    "conflict": (lambda text: f"<<<<<<< HEAD\n{text}\n=======\n>>>>>>> x\n", "merge-conflict"),
    "long entry": (lambda text: text.replace("‹текст Person›", "а" * 10_000), "too-large"),
    "many entries": (lambda text: text + "".join(f'msgid "{n}"\nmsgstr "x"\n\n' for n in range(5_000)), "too-large"),
    "large": (lambda text: text + "# x\n" * 500_000, "too-large"),
    "a path": (lambda _: "/etc/passwd", "po-syntax"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_catalogue_that_cannot_be_trusted_is_refused_and_nothing_is_written(attempt: Attempt, what: str) -> None:
    spoil, check = FILES[what]
    attempt.catalog().write_text(spoil(attempt.catalog().read_text(encoding="utf-8")), encoding="utf-8")
    code, said = attempt.render()
    assert code == 1
    assert re.search(rf"^locales/uk/LC_MESSAGES/kurz\.po(:\d+)*: error: .* \[{check}\]$", said, re.MULTILINE), said
    assert not attempt.output.exists()
    assert attempt.took < 5


def test_a_catalogue_in_another_encoding_is_refused(attempt: Attempt) -> None:
    text = attempt.catalog().read_text(encoding="utf-8").replace("‹", "<").replace("›", ">")
    attempt.catalog().write_bytes(text.encode("cp1251", "replace"))
    code, said = attempt.render()
    assert code == 1
    assert "is not UTF-8; save the file as UTF-8 [encoding]" in said


def test_a_plural_rule_is_never_evaluated(attempt: Attempt) -> None:
    evil = f"nplurals=2; plural=__import__('pathlib').Path('{attempt.project.root}/hit').touch();"
    text = attempt.catalog().read_text(encoding="utf-8")
    attempt.catalog().write_text(re.sub(r"Plural-Forms: [^\\]*", f"Plural-Forms: {evil}", text), encoding="utf-8")
    assert evil in attempt.catalog().read_text(encoding="utf-8")
    assert attempt.render()[0] == 0
    assert not (attempt.project.root / "hit").exists()


LONG = {
    "word": "а" * 100,
    "words": "аа " * 110,
    "brackets": "(a" * 168,
    "accents": "i\u0307\u0323" * 110,
    "marks": "[*" * 150,
}


@pytest.mark.parametrize("what", LONG)
def test_a_translation_as_long_as_is_allowed_takes_no_more_than_seconds(attempt: Attempt, what: str) -> None:
    change(attempt.catalog(), "‹текст Familienname›", LONG[what])
    attempt.render()
    assert attempt.output.exists()
    assert attempt.took < 10


def test_a_hostile_language_name_is_no_path(attempt: Attempt) -> None:
    for tag in ("../../../etc/passwd", "uk/../ar", "", "uk\0", "UK"):
        code, said = attempt.run("render", "kurz", "--lang", tag)
        assert code == 2, said


# --- Definitions ---------------------------------------------------------------------------------------------------

BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
YAML: dict[str, tuple[Spoil, str]] = {
    "aliases": (lambda text: text.replace("title: Person", "title: &p Person\n    intro: *p"), "yaml-alias"),
    "billion laughs": (lambda text: f"a0: &a0 [x]\n{BOMB}{text}", "yaml-alias"),
    "merge keys": (lambda text: text.replace("valid: {", "valid: {<<: {from: x}, "), "yaml-key"),
    "itself": (lambda text: text.replace("title: Person", "title: &p [*p]"), "yaml-alias"),
    "twice": (lambda text: text.replace("version: 1", "version: 1\nversion: 2"), "yaml-duplicate-key"),
    "deep": (lambda text: text.replace("title: Person", f"title: {'[' * 5_000}{']' * 5_000}"), "yaml-depth"),
    "very deep": (lambda text: text + "x: " + "[" * 100_000, "yaml-depth"),
    "large": (lambda text: text + "# x\n" * 300_000, "yaml-size"),
    "many keys": (lambda text: text + "".join(f"k{n}: 1\n" for n in range(10_000)), "unknown-key"),
    "object": (lambda text: text.replace("title: Person", "title: !!python/object/apply:os.system [id]"), "yaml-tag"),
    "binary": (lambda text: text.replace("title: Person", "title: !!binary aGFsbG8="), "yaml-tag"),
    "documents": (lambda text: f"{text}---\n{text}", "yaml-syntax"),
    "NUL": (lambda text: text.replace("title: Person", "title: Per\0son"), "yaml-syntax"),
    "turned round": (lambda text: text.replace("title: Person", "title: Per\u202eson"), "yaml-character"),
    "number": (lambda text: text.replace("version: 1", "version: 1e400"), "wrong-type"),
    "placeholder": (lambda text: text.replace("{betrag}", "{betrag.__init__.__globals__}"), "placeholder-syntax"),
    "format": (lambda text: text.replace("{betrag}", "{betrag:>2000000000}"), "placeholder-syntax"),
    "pattern": (
        lambda text: text.replace("label: Familienname", "label: Name, pattern: '(', pattern_message: Nein"),
        "pattern",
    ),
    "code": (
        lambda text: text.replace(
            "label: Familienname", "label: Name, hint: x, when: \"__import__('os').system('id')\""
        ),
        "expression",
    ),
    "power": (
        lambda text: text.replace("label: Familienname", "label: Name, hint: x, when: 9**9**9 > 1"),
        "expression",
    ),
    "path id": (lambda text: text.replace("form: kurz", "form: ../../kurz"), "bad-name"),
}


@pytest.mark.parametrize("what", YAML)
def test_a_hostile_definition_is_a_located_error(attempt: Attempt, what: str) -> None:
    spoil, check = YAML[what]
    path = attempt.project.forms / "kurz.yaml"
    spoiled = spoil(path.read_text(encoding="utf-8"))
    assert spoiled != path.read_text(encoding="utf-8")
    path.write_text(spoiled, encoding="utf-8")
    for arguments in (["check", "kurz"], ["render", "kurz", "--lang", "uk"]):
        code, said = attempt.run(*arguments)
        assert code == 1, said
        assert re.search(rf"^forms/kurz\.yaml(:\d+)*: error: .* \[{check}[a-z-]*\]$", said, re.MULTILINE), said
        assert attempt.took < 10
    assert not attempt.output.exists()


@pytest.mark.parametrize("text", ["no", "on", "12:30", "0123", "1_000", "2026-01-01", "0x1F", "1e3", ".inf", "yes"])
def test_what_yaml_takes_for_something_else_is_the_text_that_was_written(attempt: Attempt, text: str) -> None:
    change(attempt.project.forms / "kurz.yaml", "label: Familienname", f"label: {text}")
    assert load_form(attempt.project.forms / "kurz.yaml").sections[0].questions[0].label.text == text  # type: ignore[union-attr]


def test_markup_in_a_definition_and_a_profile_is_printed_as_it_stands(attempt: Attempt) -> None:
    attack = attempt.filled("<img src=SECRET><script src=URL/x.js></script>{{ 7*7 }}")
    link = attempt.filled("[hier](SECRET) [da](javascript:alert(1))")
    change(attempt.project.forms / "kurz.yaml", "title: Person", f'title: "{attack.replace("{{ 7*7 }}", "")}"')
    change(attempt.project.forms / "kurz.yaml", "label: Familienname", f'label: "{link}"')
    change(attempt.project.forms / "authorities" / "amt.yaml", "name: Amt Musterstadt", f'name: "{attack}"')
    code, said = attempt.render()
    assert code == 0, said
    page = squeezed(pdfium(attempt.output.read_bytes()))
    assert page.count(squeezed(attempt.filled("<img src=SECRET>"))) == 2
    assert squeezed(link) in page
    assert "{{7*7}}" in page


PICTURES = {
    "picture": "<image href='URL/x.png' width='9' height='9'/>",
    "file": "<image href='SECRET' width='9' height='9'/>",
    "use": "<use href='URL/x.svg#a'/>",
    "style": "<style>@import url(URL/x.css); path { fill: url(URL/y.svg#a) }</style><path d='M0 0h9v9z'/>",
    "script": "<script href='URL/x.js'>alert(1)</script><path d='M0 0h9v9z'/>",
    "entity": "<!DOCTYPE svg [<!ENTITY x SYSTEM 'SECRET'>]><text>&x;</text>",
}


@pytest.mark.parametrize("what", PICTURES)
def test_a_logo_fetches_nothing(attempt: Attempt, what: str) -> None:
    head, _, tail = attempt.filled(PICTURES[what]).rpartition("]>")
    svg = f"{head}{']>' if head else ''}<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{tail}</svg>"
    (attempt.project.forms / "authorities" / "amt.svg").write_text(svg, encoding="utf-8")
    change(attempt.project.forms / "authorities" / "amt.yaml", "completeness: 80", "completeness: 80\nlogo: amt.svg")
    code, said = attempt.render()
    assert code in (0, 3), said
    assert attempt.output.exists() == (code == 0)


@pytest.mark.parametrize("name", ["../secret.svg", "/etc/passwd", "amt.svg/../../x.png", "other.svg", "amt.pdf"])
def test_a_logo_is_a_file_beside_its_profile(attempt: Attempt, name: str) -> None:
    (attempt.project.forms / "authorities" / "other.svg").write_text("<svg/>", encoding="utf-8")
    change(attempt.project.forms / "authorities" / "amt.yaml", "completeness: 80", f"completeness: 80\nlogo: {name}")
    code, said = attempt.render()
    assert code == 1
    assert "forms/authorities/amt.yaml:" in said
    assert not attempt.output.exists()


def test_a_pattern_takes_no_time_whatever_is_typed() -> None:
    field = TextField.model_validate(
        {"id": "a", "type": "text", "label": "A", "pattern": "(a+)+", "pattern_message": "Nein", "max_length": 500}
    )
    start = time.process_time()
    assert not field.matches("a" * 400 + "!")
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    "text", ["a: &x [*x]\n", "kurz: {uk: {state: [[[]]]}}\n", "kurz: !!python/name:os.system\n", "\0"]
)
def test_a_hostile_list_of_reviews_is_an_error(attempt: Attempt, text: str) -> None:
    (attempt.project.locales / REVIEWS).write_text(text, encoding="utf-8")
    code, said = attempt.render()
    assert code == 1
    assert "locales/reviews.yaml:" in said
    assert not attempt.output.exists()
