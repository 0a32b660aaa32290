"""Forms and records for measuring: 48 texts and 12 boxes on three pages, filled in by the people of a county."""

from __future__ import annotations

import io
import random

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from formkit.fonts import regular

TEXTS, BOXES, PAGES = 48, 12, 3
FONT_FILES = regular()
_MULTILINE, _COMB = 1 << 12, 1 << 24
_FIRST = [
    "Anna",
    "Jürgen",
    "Małgorzata",
    "Łukasz",
    "Ayşe",
    "Mehmet",
    "Olga",
    "Nguyễn",
    "Ștefan",
    "José",
    "Zoë",
    "Bjørn",
    "Elif",
    "Igor",
    "Katarzyna",
    "François",
]
_LAST = [
    "Müller",
    "Kowalski",
    "Yılmaz",
    "Öztürk",
    "Weiß",
    "Şahin",
    "Trần",
    "Popescu",
    "García",
    "Nowak",
    "Schäfer",
    "Ångström",
    "Šimić",
    "Fischer",
    "Krüger",
]
_STREETS = [
    "Hauptstraße",
    "Bahnhofstraße",
    "Gartenweg",
    "Schulstraße",
    "Am",
    "Rain",
    "Lindenallee",
    "Mühlgasse",
    "Kirchplatz",
]
_TOWNS = ["Böblingen", "Sindelfingen", "Herrenberg", "Leonberg", "Renningen", "Weil", "der", "Stadt", "Holzgerlingen"]
_WORDS = {
    "Cyrl": "Шевченко Коваленко Бондаренко школа вулиця Харків Одеса дитина дорога обід",
    "Arab": "محمد أحمد فاطمة مدرسة شارع حلب دمشق طفل طريق غداء",
    "Ethi": "ትግራይ መቐለ ትምህርቲ ቤት መንገዲ ቆልዓ ምሳሕ ስም",
    "Deva": "क्षत्रिय विद्यालय मार्ग दिल्ली बच्चा भोजन नाम ग्राम",
    "Latn": "Schülerbeförderung Mittagessen Lernförderung Klassenfahrt Vereinsbeitrag Bescheid Antrag Nachweis",
}


def form(mixed: bool) -> bytes:
    """Make form A of equal fields, or form B with blocks, combs, automatic sizes, right alignment and ten widths."""
    pdf = pikepdf.new()
    for _ in range(PAGES):
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[-1].obj.Annots = Array([])
    helv = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    fonts = Dictionary(Font=Dictionary(Helv=helv))
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), DR=fonts, DA=String("/Helv 10 Tf 0 g"))
    for place in range(TEXTS):
        _add(pdf, place, f"t{place}", Dictionary(FT=Name.Tx, **_kind(place if mixed else -1)))
    for place in range(TEXTS, TEXTS + BOXES):
        on = pdf.make_indirect(Stream(pdf, b"2 2 m 10 10 l S"))
        off = pdf.make_indirect(Stream(pdf, b""))
        for each in (on, off):
            each.Type, each.Subtype, each.BBox = Name.XObject, Name.Form, Array([0, 0, 12, 12])
        shown = Dictionary(N=Dictionary(ja=on, Off=off))
        _add(pdf, place, f"c{place - TEXTS}", Dictionary(FT=Name.Btn, AP=shown, AS=Name.Off))
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _kind(place: int) -> dict[str, object]:
    """Return what is particular about a text field of form B."""
    if 0 <= place < 4:
        return {"Ff": _MULTILINE, "DA": String("/Helv 0 Tf 0 g")}
    if place in (4, 5):
        return {"Ff": _COMB, "MaxLen": 30}
    if 6 <= place < 10:
        return {"DA": String("/Helv 0 Tf 0 g")}
    return {"Q": 2} if place in (10, 11) else {}


def _add(pdf: Pdf, place: int, name: str, entries: Dictionary) -> None:
    page, row, column = place // 20, place % 20 // 2, place % 2
    high = 44 if entries.get("/Ff") == _MULTILINE else 18
    wide = 255 if Name.Tx == entries.FT else 12
    if Name.Tx == entries.FT and place >= 12 and "/Q" not in entries and _is_mixed(pdf):
        wide -= place % 10
    left, bottom = 30 + 275 * column, 740 - 75 * row
    widget: Object = pdf.make_indirect(entries)
    widget.Type, widget.Subtype, widget.T, widget.F = Name.Annot, Name.Widget, String(name), 4
    widget.Rect = Array([left, bottom, left + wide, bottom + high])
    widget.P = pdf.pages[page].obj
    pdf.pages[page].obj.Annots.append(widget)
    pdf.Root.AcroForm.Fields.append(widget)


def _is_mixed(pdf: Pdf) -> bool:
    return "/Ff" in pdf.Root.AcroForm.Fields[0]


def records(count: int, *, unique: bool, seed: int = 1) -> list[dict[str, str]]:
    """Make records: as a county has them, or without any value that ever comes again, in five scripts."""
    chance = random.Random(seed)
    return [_record(chance, number + seed * count, unique) for number in range(count)]


def _record(chance: random.Random, number: int, unique: bool) -> dict[str, str]:
    script = chance.choice(list(_WORDS)) if unique or chance.random() < 0.3 else "Latn"
    found = {}
    for place in range(TEXTS):
        if unique:
            words = chance.choices(_WORDS[chance.choice(list(_WORDS))].split(), k=2)
            text = f"{words[0]} {number * TEXTS + place} {words[1]}"
            found[f"t{place}"] = text if len(text) <= 24 else text[:22].strip()
        else:
            found[f"t{place}"] = _common(chance, place, number, script)
    for place in range(BOXES):
        found[f"c{place}"] = chance.choice(("ja", "Off"))
    return found


def _common(chance: random.Random, place: int, number: int, script: str) -> str:
    match place % 8:
        case 0:
            return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        case 1:
            return f"{chance.choice(_STREETS)} {chance.randint(1, 120)}"
        case 2:
            return f"71{chance.randint(0, 40):03} {chance.choice(_TOWNS)}"
        case 3:
            return f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(1970, 2026)}"
        case 4 if place % 16 == 4:
            return f"07031/{number:05}{place}"
        case 5 if script != "Latn":
            return " ".join(chance.choices(_WORDS[script].split(), k=2))
        case 6:
            return f"{chance.randint(0, 999)},{chance.choice(('00', '50', '90'))} €"
        case 7:
            return f"DE{chance.randint(10, 99)} 6035 0130 {number:04} {place:04}"
        case _:
            return chance.choice(_WORDS["Latn"].split())
