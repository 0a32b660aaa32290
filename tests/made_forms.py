"""An AcroForm of every kind of field, made here, as foreign forms have them: Helvetica in /DR and nothing else."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from formkit.fonts import FONTS

FONT_FILES = tuple(font.path for font in FONTS if font.weight == 400)
COMB, MULTILINE, RADIO, COMBO, MULTI_SELECT = 1 << 24, 1 << 12, (1 << 15) | (1 << 14), 1 << 17, 1 << 21
EDIT, READ_ONLY, PASSWORD, PUSH = 1 << 18, 1, 1 << 13, 1 << 16
# One value for each script that people of a German office's waiting room write, and their mixtures.
VALUES = {
    "latin-1": "Müller & Söhne, Größe",
    "polish": "Wałęsa Żółć",
    "turkish": "Şükrü Ğçıİ",
    "vietnamese": "Nguyễn Thị Ph",
    "romanian": "Ștefan Țară",
    "cyrillic": "Тарас їжак",
    "greek": "Αλέξης Ύψος",
    "arabic": "محمد بن عمر",
    "persian": "می‌خواهم پژ",
    "mixed": "محمد 17 Haus",
    "brackets": "محمد (Ali) [3]",
    "ethiopic": "ስምኣ ተስፋዬ።",
    "devanagari": "नेपाली हिन्दी",
    "marks": "e\u0301 a\u0323\u0302 q\u0303",
}


def stream(pdf: Pdf, content: bytes) -> Object:
    made = pdf.make_stream(content)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 12, 12])
    return pdf.make_indirect(made)


def widget(pdf: Pdf, page: int, place: int, *, wide: int = 150, high: int = 18, **entries: object) -> Dictionary:
    """Make a widget at the next place of a page; `entries` go into it as they are."""
    column, row = place % 3, place // 3
    left, top = 30 + 190 * column, 780 - 62 * row
    made = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            Rect=Array([left, top - high, left + wide, top]),
            F=4,
            MK=Dictionary(BC=Array([0.4])),
            P=pdf.pages[page].obj,
        )
    )
    for key, value in entries.items():
        made[f"/{key}"] = value
    pdf.pages[page].obj.Annots.append(made)
    return made


def box(pdf: Pdf, page: int, place: int, state: Object, **entries: object) -> Dictionary:
    """Make the widget of a box with one on-state."""
    made = widget(pdf, page, place, wide=14, high=14, AS=Name.Off, **entries)
    normal = Dictionary(Off=stream(pdf, b""))
    normal[state] = stream(pdf, b"0 g 3 3 8 8 re f")
    made.AP = Dictionary(N=normal)
    return made


def empty(pages: int = 1) -> Pdf:
    """Make a file with empty pages and a form without fields."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[-1].obj.Annots = Array([])
    helv = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([]),
        DR=Dictionary(Font=Dictionary(Helv=helv)),
        DA=String("/Helv 0 Tf 0 g"),
        NeedAppearances=True,
    )
    return pdf


def add(pdf: Pdf, name: str, kind: str, field: Dictionary | None = None, **entries: object) -> Dictionary:
    """Make a field of a widget, or of several in `Kids`, and put it into the form."""
    made = field if field is not None else pdf.make_indirect(Dictionary())
    made.T, made.FT = String(name), Name(f"/{kind}")
    for key, value in entries.items():
        made[f"/{key}"] = value
    for kid in entries.get("Kids", ()):  # type: ignore[attr-defined]
        kid.Parent = made
    pdf.Root.AcroForm.Fields.append(made)
    return made


def text_form(names: Mapping[str, str] | list[str]) -> bytes:
    """Make a form with a text field, a block and a comb of 20 for each name."""
    pdf = empty(2)
    for place, name in enumerate(names):
        at = 3 * (place % 12), place // 12
        add(pdf, name, "Tx", widget(pdf, at[1], at[0]))
        add(pdf, f"{name}-block", "Tx", widget(pdf, at[1], at[0] + 1, high=50), Ff=MULTILINE)
        add(pdf, f"{name}-comb", "Tx", widget(pdf, at[1], at[0] + 2, wide=180), Ff=COMB, MaxLen=22)
    return data_of(pdf)


def mixed_form() -> bytes:
    """Make a form with odd states, radio groups with and without /Opt, lists, nested names and shared fields."""
    pdf = empty()
    add(pdf, "wohl", "Btn", box(pdf, 0, 0, Name("/Ja wohl")))
    add(pdf, "weiss", "Btn", box(pdf, 0, 1, Name("/Weiß")))
    add(pdf, "latin1", "Btn", box(pdf, 0, 2, Object.parse(b"/Wei#df")))
    plain = [box(pdf, 0, 3 + place, Name(f"/{code}")) for place, code in enumerate(("rot", "blau", "grün"))]
    add(pdf, "farbe", "Btn", Ff=RADIO, Kids=Array(plain))
    numbered = [box(pdf, 0, 6 + place, Name(f"/{place}")) for place in range(3)]
    exports = Array([String(code) for code in ("eins", "zwei", "größer")])
    add(pdf, "zahl", "Btn", Ff=RADIO, Kids=Array(numbered), Opt=exports)
    pairs = Array([Array([String(code), String(label)]) for code, label in (("m", "Männlich"), ("w", "زن"))])
    add(pdf, "combo", "Ch", widget(pdf, 0, 9), Ff=COMBO, Opt=pairs)
    add(pdf, "frei", "Ch", widget(pdf, 0, 10), Ff=COMBO | EDIT, Opt=pairs)
    labels = Array([Array([String(f"o{place}"), String(f"Möglichkeit {place}")]) for place in range(4)])
    add(pdf, "liste", "Ch", widget(pdf, 0, 11, high=58), Ff=MULTI_SELECT, Opt=labels)
    name = widget(pdf, 0, 12, T=String("name"), FT=Name.Tx)
    first = pdf.make_indirect(Dictionary(T=String("0"), Kids=Array([name])))
    kind = pdf.make_indirect(Dictionary(T=String("kind"), Kids=Array([first])))
    name.Parent, first.Parent = first, kind
    pdf.Root.AcroForm.Fields.append(kind)
    add(pdf, "zweimal", "Tx", Kids=Array([widget(pdf, 0, 13), widget(pdf, 0, 14, wide=80)]))
    add(pdf, "fest", "Tx", widget(pdf, 0, 15, DA=String("/Helv 9 Tf 1 0 0 rg"), Q=2))
    turned = Dictionary(R=90, BC=Array([0, 0, 1]), BG=Array([0.9, 0.9, 1]))
    add(pdf, "gedreht", "Tx", widget(pdf, 0, 16, wide=18, high=60, MK=turned))
    add(pdf, "kurz", "Tx", widget(pdf, 0, 17), MaxLen=5)
    add(pdf, "gesperrt", "Tx", widget(pdf, 0, 18), Ff=READ_ONLY)
    add(pdf, "knopf", "Btn", widget(pdf, 0, 19), Ff=PUSH)
    add(pdf, "ohne", "Btn", widget(pdf, 0, 20, wide=14, high=14))
    widget(pdf, 0, 21, T=String("nurseite"), FT=Name.Tx)
    return data_of(pdf)


def data_of(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings():
        # The widget that stands on a page only is meant.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()
