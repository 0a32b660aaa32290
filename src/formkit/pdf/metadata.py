"""What a PDF says of itself: the claim of PDF/UA-1 beside PDF/A-3a, and marks of our own."""

from __future__ import annotations

import io
from collections.abc import Mapping
from html import escape

import pikepdf

from formkit.pdf.acroform import BlankForm, write_form
from formkit.pdf.marks import NAMESPACE, PREFIX, SEAL, UNSEALED, sealed
from formkit.pdf.saving import saved

# PDF/A allows only schemas that are described in the file itself (ISO 19005-3, 6.6.2.3.2); ours and pdfuaid are
# none of the predefined ones. Kozea/WeasyPrint#2467 asks for both claims in one file; until then they are merged.
_SCHEMAS = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:formkit="{namespace}">{marks}</rdf:Description>
"""
_SCHEMA = """<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{name}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"""
_PROPERTY = """<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{text}</pdfaProperty:description></rdf:li>"""


def finished(data: bytes, marks: Mapping[str, str], form: BlankForm | None = None) -> bytes:
    """Return a tagged PDF/A-3a with the claim of PDF/UA-1 and our marks; the same input gives the same bytes.

    `marks` are names and ASCII values, written as formkit:<name> to the XMP packet, where they can be read
    without unpacking anything, and as /Formkit<name> to the Info dictionary, which viewers keep when they
    save; `form` makes fields of the places that the page has for them.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if form is not None:
            write_form(pdf, form)
        packet = pdf.Root.Metadata.read_bytes()
        end = packet.index(b"</rdf:RDF>")
        merged = packet[:end] + _descriptions(marks).encode() + packet[end:]
        pdf.Root.Metadata = pikepdf.Stream(pdf, merged)
        pdf.Root.Metadata.Type = pikepdf.Name.Metadata
        pdf.Root.Metadata.Subtype = pikepdf.Name.XML
        for name, value in marks.items():
            pdf.docinfo[f"{PREFIX}{name}"] = pikepdf.String(value)
        return sealed(saved(pdf))


def _descriptions(marks: Mapping[str, str]) -> str:
    """Return what is added to the XMP packet: both schemas, the claim, the marks."""
    part = _PROPERTY.format(name="part", kind="Integer", text="Part of ISO 14289 the file conforms to")
    accessible = _SCHEMA.format(
        name="PDF/UA identification schema",
        namespace="http://www.aiim.org/pdfua/ns/id/",
        prefix="pdfuaid",
        properties=part,
    )
    properties = "".join(
        _PROPERTY.format(name=name, kind="Text", text="What the form is made from") for name in (*marks, SEAL)
    )
    own = _SCHEMA.format(name="formkit marks", namespace=NAMESPACE, prefix="formkit", properties=properties)
    said = "".join(f"<formkit:{name}>{escape(value)}</formkit:{name}>" for name, value in marks.items()) + UNSEALED
    return _SCHEMAS.format(schemas=accessible + own, namespace=NAMESPACE, marks=said).strip()
