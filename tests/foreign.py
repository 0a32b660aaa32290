"""PDF forms as authorities have them, made here: odd names and on-states, /Opt, combs, lists, and a flat page."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from made_forms import COMB, COMBO, RADIO, add, box, data_of, empty, stream, widget

TEXTS = {
    "Form[0].Nachname": "Familienname des Antragstellers",
    "txt_Nr": "Aktenzeichen / Nummer",
    "PLZ Ort": "Postleitzahl und Wohnort",
    "Begruendung": "Warum stellen Sie den Antrag?",
}


def official_form() -> bytes:
    """Make a form with fields of every kind, named and coded as no form of ours is."""
    pdf = empty(2)
    for place, (name, tooltip) in enumerate(TEXTS.items()):
        add(pdf, name, "Tx", widget(pdf, 0, place), TU=String(tooltip))
    for place, part in enumerate(("Tag", "Monat", "Jahr"), 4):
        made = add(pdf, f"Geb_{part}", "Tx", widget(pdf, 0, place, wide=40), TU=String(f"Geburtsdatum {part}"))
        made.MaxLen = 4 if part == "Jahr" else 2
    iban = widget(pdf, 0, 7, wide=180)
    add(pdf, "IBAN", "Tx", iban, Ff=COMB, MaxLen=34, TU=String("IBAN"))
    yes = [box(pdf, 0, 9, Name("/Ja wohl")), box(pdf, 0, 10, Name("/Weiß"))]
    add(pdf, "alleinlebend", "Btn", Ff=RADIO, Kids=Array(yes), TU=String("Leben Sie allein?"))
    numbered = [box(pdf, 0, 12 + place, Name(f"/{place}")) for place in range(3)]
    exports = Array([String(each) for each in ("Erstes", "Zweites", "Anderes")])
    add(pdf, "Auswahl Art", "Btn", Ff=RADIO, Kids=Array(numbered), Opt=exports, TU=String("Art"))
    languages = Array([Array([String(code), String(name)]) for code, name in (("1", "Ukrainisch"), ("2", "Arabisch"))])
    add(pdf, "Sprache", "Ch", widget(pdf, 0, 15), Ff=COMBO, Opt=languages, TU=String("Sprache"))
    add(pdf, "Kosten EUR", "Tx", widget(pdf, 0, 16), TU=String("Kosten"))
    add(pdf, "stimmt", "Btn", box(pdf, 0, 17, Name("/X")), TU=String("Meine Angaben stimmen."))
    for place, code in enumerate("xy", 18):
        add(pdf, f"L_{code}", "Btn", box(pdf, 0, place, Name("/an")))
    for row in (1, 2):
        add(pdf, f"Ziel{row}", "Tx", widget(pdf, 1, 3 * row), TU=String(f"Ziel der Fahrt {row}"))
        add(pdf, f"Von{row}", "Tx", widget(pdf, 1, 3 * row + 1), TU=String(f"Datum von, Fahrt {row}"))
    return data_of(pdf)


def flat_form(turned: int = 0, *, tagged: bool = False) -> bytes:
    """Make a page with ruled lines and no fields, turned by some degrees, with or without a structure."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0]
    page.obj.Contents = stream(pdf, b"0.6 G 0.5 w 20 700 m 575 700 l 20 650 m 575 650 l S 5 0 0 5 0 0 cm")
    if turned:
        page.obj.Rotate = turned
    if tagged:
        _tag(pdf)
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _tag(pdf: Pdf) -> None:
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=top, ParentTree=Dictionary(Nums=Array([]))))
    top.P = root
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
