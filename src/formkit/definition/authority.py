"""Who hands the form out: an authority's profile, in a file of its own."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator, PrivateAttr, StringConstraints
from pydantic import Field as Key

from formkit.definition.model import FormId, Name
from formkit.fields.base import Day, Model, Text
from formkit.texts import AUTHORITY_DOMAIN, Msg


def _own(text: Msg) -> Msg:
    return replace(text, domain=AUTHORITY_DOMAIN)


# A text of the profile, translated in the authority's own catalogue.
OwnText = Annotated[Text, AfterValidator(_own)]


class Address(Model):
    """A postal address; what is unknown is left out."""

    street: str = ""
    postcode: str = ""
    town: str = ""

    @property
    def line(self) -> str:
        """Return the address in one line, without its missing parts."""
        town = " ".join(part for part in (self.postcode, self.town) if part)
        return ", ".join(part for part in (self.street, town) if part)


class Contact(Model):
    """How the authority is reached."""

    phone: str = ""
    email: str = ""
    website: str = ""


class Source(Model):
    """Where the data of a profile come from."""

    url: str
    date: Day


class Office(Model):
    """An office that takes forms, and the topics it is responsible for."""

    id: Name
    name: str
    address: Address = Address()
    takes: tuple[Name, ...] = Key(min_length=1)


class Authority(Model):
    """A county, town or office in whose name the form is handed out."""

    authority: FormId
    name: str
    department: str = ""
    address: Address = Address()
    contact: Contact = Contact()
    source: Source | None = None
    disclaimer: OwnText | None = None
    completeness: int | None = Key(default=None, ge=0, le=100)
    offices: tuple[Office, ...] = ()
    parameters: dict[Name, str | int] = {}
    logo: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.(svg|png)$")] | None = None
    _logo: bytes = PrivateAttr(default=b"")

    @property
    def id(self) -> str:
        """Return the authority's id."""
        return self.authority

    @property
    def logo_uri(self) -> str:
        """Return the logo as a data: address, "" where there is none; nothing is fetched for a page."""
        if not self.logo:
            return ""
        kind = "svg+xml" if self.logo.endswith(".svg") else "png"
        return f"data:image/{kind};base64,{base64.b64encode(self._logo).decode()}"

    def with_logo(self, data: bytes) -> Self:
        """Return the profile with the bytes of its logo."""
        copy = self.model_copy()
        copy._logo = data
        return copy
