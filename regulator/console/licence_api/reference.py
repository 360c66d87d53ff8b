"""What the page for readers shows: the declaration and the shapes, in one language."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from regulator.console.languages import Language
from regulator.console.licence_api.examples import ANSWERED, ASKED, as_json
from regulator.console.licence_api.openapi import ABOUT, document
from regulator.console.licence_api.operations import OPERATIONS, KeyUse, Operation
from regulator.console.licence_api.problems import ProblemKind
from regulator.console.licence_api.words import Words


class Row(msgspec.Struct, frozen=True):
    """A line of a table: a name, what may stand there, and what it means."""

    name: str
    form: str
    means: str


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """One address as it is shown."""

    anchor: str
    method: str
    path: str
    title: str
    means: str
    key: str
    rows: Sequence[Row]
    asks: str
    gives: str


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """The whole page."""

    about: str
    chapters: Sequence[Chapter]
    shapes: Sequence[tuple[str, Sequence[Row]]]
    problems: Sequence[tuple[str, int, str]]


_KEYS = {
    KeyUse.OPTIONAL: Words("密钥可有可无", "with or without a key"),
    KeyUse.NEEDED: Words("需要密钥", "needs a key"),
}


@cache
def reference(language: Language) -> Reference:
    """Return the page's contents in one language."""
    return Reference(
        about=ABOUT.in_language(language),
        chapters=[_chapter(one, language) for one in OPERATIONS],
        shapes=_shapes(),
        problems=[(kind.code, kind.status, kind.title.in_language(language)) for kind in ProblemKind],
    )


def _chapter(one: Operation, language: Language) -> Chapter:
    return Chapter(
        anchor=one.name,
        method=one.method,
        path=one.path,
        title=one.title.in_language(language),
        means=one.means.in_language(language),
        key=_KEYS[one.key].in_language(language),
        rows=[Row(each.name, each.example, each.means.in_language(language)) for each in one.parameters],
        asks=_shown(ASKED[one.name]) if one.name in ASKED else "",
        gives=_shown(ANSWERED[one.name]),
    )


def _shown(example: msgspec.Struct) -> str:
    return msgspec.json.format(as_json(example), indent=2).decode()


def _shapes() -> Sequence[tuple[str, Sequence[Row]]]:
    schemas = msgspec.json.decode(document())["components"]["schemas"]
    return [(name, _rows(schema)) for name, schema in schemas.items()]


def _rows(schema: dict[str, Any]) -> Sequence[Row]:
    if "enum" in schema:
        return [Row(str(value), "", "") for value in schema["enum"]]
    return [
        Row(name, _form(one), one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    ]


def _form(schema: dict[str, Any]) -> str:
    """Say in a word or two what may stand in a field."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(_form(one) for one in schema["anyOf"])
    if "items" in schema:
        return f"[{_form(schema['items'])}]"
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        return f"{{…: {_form(schema['additionalProperties'])}}}"
    return str(schema.get("type", ""))
