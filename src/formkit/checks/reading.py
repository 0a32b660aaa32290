"""Reading for checks: a project's forms and catalogues → the values that checks are given."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from formkit.checks import glossary
from formkit.checks.glossary import NO_GLOSSARY, Glossary, read_glossary
from formkit.checks.values import NOWHERE, Catalogues, Places, String, Translation, places
from formkit.definition.messages import Text, texts
from formkit.definition.model import Form
from formkit.definition.parameters import in_force
from formkit.errors import CatalogError
from formkit.i18n import load
from formkit.i18n.catalog import Catalog, Key, read_catalog
from formkit.i18n.extract import extract, extract_authority
from formkit.i18n.extracted import Extracted, extracted_words
from formkit.i18n.languages import Language
from formkit.i18n.localize import Localized
from formkit.i18n.paths import catalog_path
from formkit.problems import Problem
from formkit.project import Project
from formkit.render.measure import Room, Size, measure
from formkit.texts import AUTHORITY_DOMAIN, FORM_DOMAIN, FORMKIT_DOMAIN


@dataclass(frozen=True, eq=False)
class Source:
    """The German side of one kind of catalogue: a form, an authority or formkit itself.

    `name` is the stem of its catalogues, `project` what their header says, `places` where each text stands,
    `room` how wide its places on paper are.
    """

    name: str
    domain: str
    project: str
    wanted: frozenset[Key]
    texts: tuple[Text, ...] = ()
    places: Mapping[Key, Places] = field(default_factory=dict)
    form: Form | None = None
    room: Room = field(default_factory=dict)


def sources(project: Project, *, widths: Collection[str] = (), today: datetime.date) -> tuple[Source, ...]:
    """Return the German side of every catalogue of a project.

    The forms named in `widths` are laid out, or read from the last layout, for the room of their texts.
    Raises DefinitionError, and what rendering raises.
    """
    found = [_form(project, form_id, today, measured=form_id in widths) for form_id in project.form_ids()]
    # Words of formkit and of the authority stand on the paper of every form.
    room: dict[tuple[str, str, str], tuple[Size, ...]] = {}
    for source in found:
        for key, sizes in source.room.items():
            room[key] = tuple(dict.fromkeys((*room.get(key, ()), *sizes)))
    for authority_id in project.authority_ids():
        authority = load.authority(project, authority_id)
        entries = extract_authority(authority, "") if authority else ()
        name = f"authority-{authority_id}"
        found.append(Source(name, AUTHORITY_DOMAIN, name, _keys(entries), room=room))
    found.append(Source(FORMKIT_DOMAIN, FORMKIT_DOMAIN, FORMKIT_DOMAIN, _keys(extracted_words()), room=room))
    return tuple(found)


def _form(project: Project, form_id: str, today: datetime.date, *, measured: bool) -> Source:
    form = load.form(project, form_id)
    found = tuple(text for text in texts(form) if text.translate)
    by_key: dict[Key, list[Text]] = {}
    for text in found:
        by_key.setdefault((text.msg.context, text.msg.text), []).append(text)
    return Source(
        form.id,
        FORM_DOMAIN,
        f"{form.id} {form.version}",
        _keys(extract(form, "")),
        found,
        {key: places(each) for key, each in by_key.items()},
        form,
        measure(project, form_id, today) if measured else {},
    )


def _keys(entries: tuple[Extracted, ...]) -> frozenset[Key]:
    return frozenset((entry.msg.context, entry.msg.text) for entry in entries)


def catalogues(
    project: Project, language: Language, found: tuple[Source, ...], checked: Collection[str], today: datetime.date
) -> tuple[Catalogues, tuple[Problem, ...]]:
    """Return the catalogues of a language, those named in `checked` to be checked, and why some cannot be read."""
    problems: list[Problem] = []
    terms = _glossary(project, language, problems)
    read: list[tuple[Translation, bool]] = []
    for source in found:
        catalog = _catalog(project, language, source.name, problems)
        if catalog is not None:
            translation = _translation(project, source, catalog, terms, today)
            read.append((translation, source.name in checked))
    return Catalogues(
        language,
        tuple(translation for translation, wanted in read if wanted),
        tuple(translation for translation, wanted in read if not wanted),
    ), tuple(problems)


def _glossary(project: Project, language: Language, problems: list[Problem]) -> Glossary:
    catalog = _catalog(project, language, glossary.NAME, problems)
    return read_glossary(catalog) if catalog else NO_GLOSSARY


def _catalog(project: Project, language: Language, name: str, problems: list[Problem]) -> Catalog | None:
    path = catalog_path(project.locales, language, name)
    if not path.exists():
        return None
    try:
        return read_catalog(path, language, project.shown(path))
    except CatalogError as error:
        problems += error.problems
        return None


def _translation(
    project: Project, source: Source, catalog: Catalog, terms: Glossary, today: datetime.date
) -> Translation:
    file = project.shown(catalog.path)
    values = dict(_values(project, source, catalog, today)) if source.room else {}
    faults: dict[int, tuple[Problem, ...]] = {}
    for problem in catalog.problems:
        faults[problem.where.line] = (*faults.get(problem.where.line, ()), problem)
    strings = {
        key: String(
            entry,
            catalog.language,
            file,
            faults.get(entry.text_line, ()),
            source.places.get(key, NOWHERE),
            terms,
            source.room.get((source.domain, *key), ()),
            values,
        )
        for key, entry in catalog.entries.items()
        if entry.text and not entry.fuzzy
    }
    return Translation(source.name, catalog, file, source.project, source.texts, source.wanted, strings)


def _values(project: Project, source: Source, catalog: Catalog, today: datetime.date) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a form as the language writes them, where they are known."""
    if source.form is None:
        return
    authority = load.authority(project, project.authority)
    parameters = in_force(source.form, authority, today)
    localized = Localized(source.form, catalog.language, authority, parameters, {}, today)
    for name in parameters:
        if value := localized.value(name, catalog.language):
            yield name, value
