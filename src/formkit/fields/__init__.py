"""The field types: one module each, listed here once."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field as Key

from formkit.fields.attachment import AttachmentField
from formkit.fields.base import Field, InvalidAnswer
from formkit.fields.bic import BicField
from formkit.fields.choice import ChoiceField
from formkit.fields.choices import ChoicesField
from formkit.fields.computed import ComputedField
from formkit.fields.confirm import ConfirmField
from formkit.fields.date import DateField
from formkit.fields.decimal import DecimalField
from formkit.fields.email import EmailField
from formkit.fields.iban import IbanField
from formkit.fields.integer import IntegerField
from formkit.fields.longtext import LongTextField
from formkit.fields.matrix import MatrixField
from formkit.fields.money import MoneyField
from formkit.fields.month import MonthField
from formkit.fields.notice import NoticeField
from formkit.fields.office import OfficeField
from formkit.fields.phone import PhoneField
from formkit.fields.postcode import PostcodeField
from formkit.fields.signature import SignatureField
from formkit.fields.text import TextField
from formkit.fields.yesno import YesNoField

FieldUnion = (
    TextField
    | LongTextField
    | DateField
    | MonthField
    | IntegerField
    | DecimalField
    | MoneyField
    | YesNoField
    | ChoiceField
    | ChoicesField
    | MatrixField
    | PostcodeField
    | IbanField
    | BicField
    | EmailField
    | PhoneField
    | SignatureField
    | AttachmentField
    | ConfirmField
    | NoticeField
    | OfficeField
    | ComputedField
)
AnyField = Annotated[FieldUnion, Key(discriminator="type")]
FIELD_TYPES: tuple[type[Field], ...] = get_args(FieldUnion)

__all__ = ["FIELD_TYPES", "AnyField", "Field", "FieldUnion", "InvalidAnswer"]
