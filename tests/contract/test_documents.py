"""The published documents say what the border does, and are what the code generates."""

import json
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from grpc_tools import protoc
from jsonschema import Draft202012Validator

from regulator.contract.asyncapi import asyncapi
from regulator.contract.documents import FOLDER, documents
from regulator.contract.json_schema import schema
from regulator.contract.titles import TITLES
from regulator.domain.feed import Accepted
from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from regulator.wire.ministry.table import TYPES
from tests.wire.sending import ARRIVAL, CLEAN, border, envelope, record

VALIDATOR = Draft202012Validator(schema())
every_type = pytest.mark.parametrize("name", [one.name for one in TYPES])
WRONG: list[Any] = [None, "", [], 10**30, "x" * 300, -1]


def message(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"CompanyId": said.get("CompanyId"), "Source": "0", "IPCType": name, name: [said]}


@pytest.mark.parametrize(("name", "text"), list(documents()), ids=lambda value: value[:24])
def test_the_files_are_what_the_code_generates(name: str, text: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == text, "run: python -m regulator.contract"


def test_every_type_has_its_title() -> None:
    assert list(TITLES) == [one.name for one in TYPES]


@every_type
def test_a_clean_record_is_what_the_schema_admits(name: str) -> None:
    VALIDATOR.validate(message(name, CLEAN[name]))


@every_type
def test_the_schema_admits_nothing_in_which_the_border_finds_a_wrong_form(name: str) -> None:
    reader = border(name)
    fields = next(one.fields for one in TYPES if one.name == name)
    for field, value in product((one.name for one in fields), WRONG):
        said = record(name, **{field: value})
        (outcome,) = reader.read(envelope(name, [said]), ARRIVAL)
        clean = isinstance(outcome, Accepted) and not [flaw for flaw in outcome.flaws if flaw.field == field]

        assert clean or not VALIDATOR.is_valid(json.loads(json.dumps(message(name, said)))), (field, value)


def test_the_proto_file_compiles_to_what_the_border_reads(tmp_path: Path) -> None:
    compiled = tmp_path / "ministry.ds"
    arguments = ["protoc", f"-I{FOLDER}", f"--descriptor_set_out={compiled}", str(FOLDER / "ministry.proto")]
    assert protoc.main(arguments) == 0
    (file,) = FileDescriptorSet.FromString(compiled.read_bytes()).file

    theirs = {one.name: [(f.name, f.number, f.type, f.label) for f in one.field] for one in file.message_type}
    ours = {
        one.name: [(f.name, f.number, f.type, 3 if f.is_repeated else 1) for f in one.fields]
        for one in [
            OTIpc.DESCRIPTOR,
            OTIpcList.DESCRIPTOR,
            *(f.message_type for f in OTIpc.DESCRIPTOR.fields),
        ]
        if one is not None
    }
    assert theirs == ours


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    document = asyncapi()
    references = list(_references(document))

    assert len(references) > len(TYPES)
    for reference in references:
        node: Any = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
        assert isinstance(node, dict)


def _references(node: Any) -> Any:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)
