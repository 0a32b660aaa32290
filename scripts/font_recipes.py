"""What the package's fonts are made of: pinned npm packages, and one recipe a font."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """An npm package of Google's static fonts, pinned by the hash of its tarball."""

    name: str
    version: str
    sha256: str

    @property
    def package(self) -> str:
        """The name that npm knows it by."""
        return f"@expo-google-fonts/{self.name}"

    @property
    def url(self) -> str:
        """A package URL: names the source without binding it to one registry's address."""
        return f"pkg:npm/%40expo-google-fonts/{self.name}@{self.version}"


NOTO_SANS = Source("noto-sans", "0.4.2", "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548")
SYMBOLS = Source("noto-sans-symbols", "0.4.1", "d72d2f96c1c351967ec57842471b1da43ab8b1a40ecb003b1b0a0f50a3ee6388")
SYMBOLS_2 = Source("noto-sans-symbols-2", "0.4.1", "3bf3d6333487df36e88d146e032a9ed8246617ca2dfe1513a8a382c3fad12ac4")
MATH = Source("noto-sans-math", "0.4.2", "652041ca903e7adcc1502a0621350526463e91416757310391370ff5f8fb3ce8")
VAZIRMATN = Source("vazirmatn", "0.4.1", "af22b2898f1e7fad4398cde6856f0e83f79393862b9b3811f71b114abb3742a3")
ETHIOPIC = Source("noto-sans-ethiopic", "0.4.2", "3030fe790f54df5297904e82da1d5216df61064af4e2ca2972ad166a6ad81f49")
DEVANAGARI = Source("noto-sans-devanagari", "0.4.1", "fb9a4c288af3829f383d945fcec350c8cdf99abf18ffe55c987c495bca42e80e")


@dataclass(frozen=True)
class Recipe:
    """How one font is made; `borrowed` signs come from a second source, `whole` keeps every glyph."""

    source: Source
    member: str
    whole: bool = True
    borrowed: tuple[tuple[Source, str, str], ...] = ()


def latin(style: str) -> Recipe:
    """Describe a Latin font; Noto Sans itself has neither arrows nor check marks nor comparisons."""
    return Recipe(
        NOTO_SANS,
        f"{style}/NotoSans_{style}.ttf",
        whole=False,
        borrowed=(
            (SYMBOLS, f"{style}/NotoSansSymbols_{style}.ttf", "←↑→↓↔"),
            (MATH, "400Regular/NotoSansMath_400Regular.ttf", "∞≈≠≤≥"),
            (SYMBOLS_2, "400Regular/NotoSansSymbols2_400Regular.ttf", "■□▲▼○●☎✂☐☑☒✓✗"),
        ),
    )


RECIPES = {
    "fk-latin": latin("400Regular"),
    "fk-latin-bold": latin("600SemiBold"),
    "fk-arabic": Recipe(VAZIRMATN, "400Regular/Vazirmatn_400Regular.ttf"),
    "fk-arabic-bold": Recipe(VAZIRMATN, "700Bold/Vazirmatn_700Bold.ttf"),
    "fk-ethiopic": Recipe(ETHIOPIC, "400Regular/NotoSansEthiopic_400Regular.ttf"),
    "fk-ethiopic-bold": Recipe(ETHIOPIC, "700Bold/NotoSansEthiopic_700Bold.ttf"),
    "fk-devanagari": Recipe(DEVANAGARI, "400Regular/NotoSansDevanagari_400Regular.ttf"),
    "fk-devanagari-bold": Recipe(DEVANAGARI, "700Bold/NotoSansDevanagari_700Bold.ttf"),
}
