"""What is published about the API, and whether it is true."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from regulator.console.licence_api.openapi import document
from regulator.store import Store
from tests.console.licence_api.city import DRIVER, FOREIGN, HELD, NUMBER, UNKNOWN

_PUBLISHED = Path(__file__).parents[3] / "docs" / "openapi.json"


@pytest.fixture
def published(city: Store, reader: httpx.Client) -> dict[str, Any]:
    answer = reader.get("/api/v1/openapi.json")
    return dict(answer.json())


def test_the_file_in_docs_is_what_the_code_declares() -> None:
    renew = "python -m regulator.console.licence_api.openapi > docs/openapi.json"
    assert _PUBLISHED.read_bytes() == document(), f"renew it: {renew}"


def test_the_document_is_what_openapi_asks_for(published: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(published).validate()


def test_who_has_the_document_is_not_sent_it_again(reader: httpx.Client) -> None:
    first = reader.get("/api/v1/openapi.json")
    again = reader.get("/api/v1/openapi.json", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


def schema_of(published: dict[str, Any], path: str, method: str, answer: httpx.Response) -> dict[str, Any]:
    described = published["paths"][path][method]["responses"][str(answer.status_code)]
    media_type = answer.headers["content-type"]
    return {**described["content"][media_type]["schema"], "components": published["components"]}


@pytest.mark.parametrize(
    ("path", "what", "status"),
    [
        ("/api/v1/licences/vehicles/{plate}", f"vehicles/{HELD}", 200),
        ("/api/v1/licences/vehicles/{plate}", f"vehicles/{UNKNOWN}", 200),
        ("/api/v1/licences/vehicles/{plate}", f"vehicles/{FOREIGN}", 200),
        ("/api/v1/licences/vehicles/{plate}", "vehicles/nonsense", 400),
        ("/api/v1/licences/drivers/{driver}", f"drivers/{DRIVER}", 200),
        ("/api/v1/licences/platforms/{company}", "platforms/3101YPZCYS01", 200),
    ],
)
def test_answers_are_as_the_document_says(
    published: dict[str, Any], platform: httpx.Client, path: str, what: str, status: int
) -> None:
    answer = platform.get(what)

    assert answer.status_code == status
    Draft202012Validator(schema_of(published, path, "get", answer)).validate(answer.json())


def test_the_answer_to_many_is_as_the_document_says(
    published: dict[str, Any], platform: httpx.Client
) -> None:
    subjects = [{"vehicle": HELD}, {"vehicle": "x"}, {"driving_licence_no": NUMBER}, {"company": "y"}]
    answer = platform.post("query", json={"subjects": subjects})

    schema = schema_of(published, "/api/v1/licences/query", "post", answer)
    Draft202012Validator(schema).validate(answer.json())


def test_examples_are_as_the_document_says(published: dict[str, Any]) -> None:
    shown = 0
    for path in published["paths"].values():
        for operation in path.values():
            bodies = [operation["responses"]["200"], operation.get("requestBody")]
            for body in filter(None, bodies):
                content = body["content"]["application/json"]
                schema = {**content["schema"], "components": published["components"]}
                Draft202012Validator(schema).validate(content["example"])
                shown += 1
    assert shown == 5


def test_the_example_of_many_is_understood(published: dict[str, Any], platform: httpx.Client) -> None:
    asked = published["paths"]["/api/v1/licences/query"]["post"]["requestBody"]
    answer = platform.post("query", json=asked["content"]["application/json"]["example"])

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("language", "title"), [("zh-CN", "网约车许可查询接口"), ("en", "Licence query API")]
)
def test_a_page_explains_it_without_anybody_elses_help(
    reader: httpx.Client, published: dict[str, Any], language: str, title: str
) -> None:
    reader.cookies.set("language", language)
    page = reader.get("/api/v1/docs").text

    assert title in page
    for path in published["paths"]:
        assert path in page
    for name in published["components"]["schemas"]:
        assert f'id="{name}"' in page
    assert "<script" not in page
    assert re.findall(r"""(?:src|href|action)=["'](?!/|#)""", page) == []


def test_every_problem_leads_to_its_place_on_the_page(public: httpx.Client, reader: httpx.Client) -> None:
    page, anchor = public.get("vehicles/nonsense").json()["type"].split("#")

    assert f'id="{anchor}"' in reader.get(page).text


@pytest.mark.parametrize(
    ("language", "said"),
    [("", "这不是一个号牌"), ("zh-CN,en;q=0.5", "这不是一个号牌"), ("en-GB,en", "This is not a plate")],
)
def test_problems_speak_the_readers_language(public: httpx.Client, language: str, said: str) -> None:
    answer = public.get("vehicles/nonsense", headers={"accept-language": language})

    assert answer.json()["detail"] == said


@pytest.mark.parametrize(
    ("method", "what", "status", "allow"),
    [
        ("GET", "nowhere", 404, None),
        ("POST", "vehicles", 404, None),
        ("GET", "query", 405, "POST"),
        ("OPTIONS", "query", 405, "POST"),
        ("DELETE", f"vehicles/{HELD}", 405, "GET, HEAD"),
    ],
)
def test_what_is_not_there_is_a_problem_in_the_same_form(
    public: httpx.Client, method: str, what: str, status: int, allow: str | None
) -> None:
    answer = public.request(method, what)

    assert (answer.status_code, answer.headers.get("allow")) == (status, allow)
    assert answer.headers["content-type"] == "application/problem+json"
