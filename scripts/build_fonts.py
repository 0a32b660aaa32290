"""Make the package's fonts from pinned sources: `make fonts`, run by a maintainer with network and npm.

Neither set-up nor a build runs this; what it makes is committed. The same pins give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from font_recipes import RECIPES, Recipe, Source
from fontTools import subset
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from formkit.fonts import FOLDER, FONTS, FontFile

Range = tuple[int, int]


# Latin with its extensions and modifier letters, combining marks, Greek, Cyrillic with supplement; Latin
# Additional (Vietnamese); punctuation, superscripts, currency, letter-like signs; f-ligatures; half marks.
LATIN = "0020-052F, 1D48, 1D57, 1E00-1EFF, 2000-214F, 2212, 25CC, FB00-FB06, FE20-FE2F, FFFD"
# What shaping and tables of figures need: no small capitals, old-style figures and the like.
FEATURES = ("ccmp", "locl", "mark", "mkmk", "kern", "liga", "calt", "rlig", "tnum", "lnum", "subs", "sups")


class Packages:
    """The source packages, fetched once each into a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tarballs: dict[Source, bytes] = {}

    def read(self, source: Source, member: str) -> bytes:
        """Return one file of a package."""
        if source not in self._tarballs:
            self._tarballs[source] = self._fetch(source)
        with tarfile.open(fileobj=BytesIO(self._tarballs[source])) as archive:
            file = archive.extractfile(f"package/{member}")
            assert file is not None
            return file.read()

    def licence(self, source: Source) -> bytes:
        """Return the licence text; stop where a Reserved Font Name would forbid what we make."""
        text = self.read(source, "LICENSE_FONT")
        notice = text.partition(b"-----")[0]
        if b"SIL Open Font License" not in notice or b"reserved font name" in notice.lower():
            sys.exit(f"{source.package}: read its licence again before you use it")
        return text

    def _fetch(self, source: Source) -> bytes:
        command = ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
        done = subprocess.run(command, cwd=self._folder, check=True, capture_output=True, text=True)
        data = (self._folder / done.stdout.split()[-1]).read_bytes()
        if digest(data) != source.sha256:
            sys.exit(f"{source.package}: sha256 {digest(data)} is not the pinned one")
        return data


def digest(data: bytes) -> str:
    """Return the sha256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def open_font(data: bytes) -> TTFont:
    """Open a font that, saved again, keeps its time stamp; packing is fontTools' own, for the same bytes."""
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    return font


def keep_composed(font: TTFont) -> list[str]:
    """Stop `ccmp` from splitting letters that have a glyph of their own, and return these letters.

    Noto Sans draws ẹ ị ọ ụ ḿ ǹ ṃ ṅ ṣ as letter and mark. WeasyPrint keeps one text per glyph, so after one
    such split the plain letter reads as nothing in the whole document. The composed glyphs have all the
    anchors that further marks need.
    """
    letters = {name: chr(point) for point, name in font.getBestCmap().items()}
    found: set[str] = set()
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if type(table).__name__ == "MultipleSubst":
                for name in table.mapping.keys() & letters.keys():
                    del table.mapping[name]
                    found.add(letters[name])
    return sorted(found)


def borrow(font: TTFont, donor: TTFont, signs: str) -> None:
    """Copy the glyphs of some signs into a font of the same grid."""
    assert font["head"].unitsPerEm == donor["head"].unitsPerEm
    glyphs, names = donor.getGlyphSet(), donor.getBestCmap()
    for sign in signs:
        name = f"uni{ord(sign):04X}"
        assert name not in font.getGlyphOrder()
        pen = TTGlyphPen(None)
        glyphs[names[ord(sign)]].draw(DecomposingFilterPen(pen, glyphs))
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = donor["hmtx"][names[ord(sign)]]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(sign)] = name
    font.setGlyphOrder(font["glyf"].glyphOrder)


def reduce(font: TTFont, recipe: Recipe) -> None:
    """Drop hints, glyph names and, unless the font is kept whole, what no form needs."""
    options = subset.Options(
        hinting=False,
        glyph_names=False,
        layout_features=["*"] if recipe.whole else list(FEATURES),
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
        drop_tables=["DSIG", "STAT", "gasp", "vhea", "vmtx"],
        harfbuzz_repacker=False,
    )
    worker = subset.Subsetter(options)
    if recipe.whole:
        worker.populate(unicodes=font.getBestCmap(), glyphs=font.getGlyphOrder())
    else:
        signs = "".join(signs for _, _, signs in recipe.borrowed)
        worker.populate(unicodes=subset.parse_unicodes(LATIN), text=signs)
    worker.subset(font)


def rename(font: TTFont, entry: FontFile) -> None:
    """Give a changed font a name of its own; copyright, version and licence stay."""
    names = font["name"]
    style = "Regular" if entry.weight == 400 else "Bold"
    family = f"formkit {entry.script}"
    kept = {number: names.getDebugName(number) or "" for number in (0, 5, 13, 14)}
    kept[5] = f"{kept[5].partition(';')[0]}; changed for formkit"
    named = {1: family, 2: style, 3: f"{entry.family}; {kept[5]}", 4: f"{family} {style}", 6: entry.family}
    names.names = []
    for number, text in sorted((kept | named).items()):
        names.setName(text, number, 3, 1, 0x409)


def make(entry: FontFile, packages: Packages) -> tuple[dict[str, Any], list[Range]]:
    """Write one font and return where it is from and what it covers."""
    recipe = RECIPES[entry.family]
    data = packages.read(recipe.source, recipe.member)
    font = open_font(data)
    changes = ["hints, glyph names and style attributes dropped", "renamed"]
    borrowed = [take(font, packages, *loan) for loan in recipe.borrowed]
    reduce(font, recipe)
    if not recipe.whole:
        changes += [f"subset; not split into letter and mark: {' '.join(keep_composed(font))}"]
    rename(font, entry)
    font.save(entry.path)
    facts = origin(recipe.source, recipe.member, data) | {"changes": changes, "borrowed": borrowed}
    head = {"file": entry.path.name, "family": entry.family, "weight": entry.weight, "script": entry.script}
    head["sha256"] = digest(entry.path.read_bytes())
    return head | {"source": facts}, ranges(sorted(TTFont(entry.path).getBestCmap()))


def take(font: TTFont, packages: Packages, source: Source, member: str, signs: str) -> dict[str, Any]:
    """Borrow signs from a second font and return where they are from."""
    data = packages.read(source, member)
    borrow(font, open_font(data), signs)
    return origin(source, member, data) | {"signs": signs}


def origin(source: Source, member: str, data: bytes) -> dict[str, Any]:
    """Return the facts about one source file."""
    return {
        "package": source.package,
        "version": source.version,
        "url": source.url,
        "package_sha256": source.sha256,
        "member": member,
        "sha256": digest(data),
        "licence": f"OFL-{source.name}.txt",
    }


def ranges(points: list[int]) -> list[Range]:
    """Join sorted code points to ranges of first and last."""
    joined: list[Range] = []
    for point in points:
        if joined and joined[-1][1] == point - 1:
            joined[-1] = (joined[-1][0], point)
        else:
            joined.append((point, point))
    return joined


def write(folder: Path, name: str, text: str) -> None:
    """Write one record beside the fonts."""
    (folder / name).write_text(text + "\n", encoding="utf-8")


def record(folder: Path, made: dict[str, tuple[dict[str, Any], list[Range]]]) -> None:
    """Write where the fonts of a folder are from and what they cover."""
    facts = {"fonttools": version("fonttools"), "fonts": [each for each, _ in made.values()]}
    write(folder, "PROVENANCE.json", json.dumps(facts, ensure_ascii=False, indent=1))
    lines = (f"{json.dumps(family)}: {json.dumps(covered)}" for family, (_, covered) in made.items())
    write(folder, "coverage.json", "{\n" + ",\n".join(lines) + "\n}")


def build() -> None:
    """Make every font of `formkit.fonts.FONTS` and the records beside them."""
    with tempfile.TemporaryDirectory() as folder:
        packages = Packages(Path(folder))
        made = {entry.family: make(entry, packages) for entry in FONTS}
        for source in {use for r in RECIPES.values() for use in (r.source, *(b[0] for b in r.borrowed))}:
            (FOLDER / f"OFL-{source.name}.txt").write_bytes(packages.licence(source))
    record(FOLDER, made)
    total = sum(entry.path.stat().st_size for entry in FONTS)
    print(f"{len(FONTS)} fonts, {total // 1024} KB in {FOLDER}")


def add(folder: Path, script: str, regular: Path, bold: Path, licence: Path) -> None:
    """Make a project's folder of fonts from two static TrueType files of one script, such as Hans."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for weight, path in ((400, regular), (700, bold)):
        family = f"fk-{script.lower()}{'-bold' if weight > 400 else ''}"
        entry = FontFile(family, weight, script, folder.resolve())
        data = path.read_bytes()
        font = open_font(data)
        rename(font, entry)
        font.save(entry.path)
        head = {"file": entry.path.name, "family": family, "weight": weight, "script": script}
        head |= {"sha256": digest(entry.path.read_bytes()), "source": {"file": path.name, "sha256": digest(data)}}
        made[family] = head, ranges(sorted(TTFont(entry.path).getBestCmap()))
    (folder / f"LICENCE-{script}.txt").write_bytes(licence.read_bytes())
    record(folder, made)
    print(f"2 fonts in {folder}; name the folder as `fonts` in formkit.toml")


def main() -> None:
    """Make the package's fonts, or with --add a project's own."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--add", type=Path, metavar="FOLDER", help="make a project's folder of fonts instead")
    parser.add_argument("--script", help="ISO 15924 code of the script, such as Hans")
    parser.add_argument("--licence", type=Path, help="the licence text of the two files")
    parser.add_argument("files", nargs="*", type=Path, metavar="TTF", help="the regular and the bold file")
    given = parser.parse_args()
    if given.add is None:
        build()
    elif given.script and given.licence and len(given.files) == 2:
        add(given.add, given.script, *given.files, given.licence)
    else:
        parser.error("--add needs --script, --licence and two files: regular and bold")


if __name__ == "__main__":
    main()
