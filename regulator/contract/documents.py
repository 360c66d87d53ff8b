"""Every generated document and where it lies; a test holds files and code together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from regulator.contract.asyncapi import asyncapi
from regulator.contract.json_schema import DIALECT, schema
from regulator.contract.message_tables import message_tables
from regulator.contract.proto import proto_file
from regulator.wire.notices import AnswerGiven, NoticeTold
from regulator.wire.receipts import Receipt

FOLDER = Path(__file__).parents[2] / "docs" / "contract"


def documents() -> Iterator[tuple[str, str]]:
    """Yield each document's name and text."""
    yield "messages.schema.json", _json(schema())
    yield "asyncapi.json", _json(asyncapi())
    yield "ministry.proto", proto_file()
    yield "messages.md", message_tables()
    for name, kind in (("receipts", Receipt), ("notices", NoticeTold), ("answers", AnswerGiven)):
        yield f"{name}.schema.json", _json({"$schema": DIALECT, **msgspec.json.schema(kind)})


def write_documents(folder: Path = FOLDER) -> list[Path]:
    """Write all documents; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in documents():
        path = folder / name
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def _json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
