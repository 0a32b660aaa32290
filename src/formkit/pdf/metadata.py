"""What a PDF says of itself: the claim of PDF/UA-1 beside PDF/A-3a, and our marks in the Info dictionary."""

from __future__ import annotations

import io

import pikepdf

# PDF/A allows only schemas that are described in the file itself (ISO 19005-3, 6.6.2.3.2); pdfuaid is none of
# the predefined ones. Kozea/WeasyPrint#2467 asks for both claims in one file; until then they are merged here.
_DESCRIPTION = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
"""


def claim_accessible(data: bytes, marks: dict[str, str]) -> bytes:
    """Return a tagged PDF/A-3a with the claim of PDF/UA-1 and our marks; the same input gives the same bytes.

    `marks` are names and ASCII values, written as /Formkit<Name> to the Info dictionary.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        metadata = pdf.Root.Metadata
        packet = metadata.read_bytes()
        end = packet.index(b"</rdf:RDF>")
        merged = packet[:end] + _DESCRIPTION.strip().encode() + packet[end:]
        pdf.Root.Metadata = pikepdf.Stream(pdf, merged)
        pdf.Root.Metadata.Type = pikepdf.Name.Metadata
        pdf.Root.Metadata.Subtype = pikepdf.Name.XML
        for name, value in marks.items():
            pdf.docinfo[f"/Formkit{name}"] = pikepdf.String(value)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()
