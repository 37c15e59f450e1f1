"""CITATION.cff, held against the rules of the Citation File Format 1.2.0."""

import hashlib
import json

import pytest
import yaml
from jsonschema import Draft7Validator

from scrutiny_pack.publish.citation_file import citation_file

WORDS = {"type": "string", "minLength": 1}
DATE = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])$"}
ENTITIES = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": {
        "type": "object",
        "required": ["name"],
        "additionalProperties": False,
        "properties": {"name": WORDS},
    },
}
RULES = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": WORDS,
        "type": {"enum": ["dataset", "software"]},
        "title": WORDS,
        "abstract": WORDS,
        "authors": ENTITIES,
        "date-released": DATE,
        "keywords": {
            "type": "array", "minItems": 1, "uniqueItems": True, "items": WORDS,
        },
        "identifiers": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["type", "value"],
                "additionalProperties": False,
                "properties": {
                    "type": {"const": "other"},
                    "value": WORDS,
                    "description": WORDS,
                },
            },
        },
        "references": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["authors", "title", "type"],
                "additionalProperties": False,
                "properties": {
                    "type": {"enum": ["generic", "report", "data", "government-document"]},
                    "title": WORDS,
                    "authors": ENTITIES,
                    "date-published": DATE,
                    "year": {"type": "integer"},
                    "month": {"type": "integer", "minimum": 1, "maximum": 12},
                },
            },
        },
    },
}  # fmt: skip
"""The rules of the format's own schema for what a pack's file says, stated narrower."""


def said(text):
    found = yaml.safe_load(text)
    Draft7Validator(RULES).validate(found)
    return found


def evidence(tmp_path, pack, **changes):
    contents = json.loads((pack / "evidence.json").read_text("utf-8"))
    contents["pack"] |= changes
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(contents), "utf-8")
    return path


def test_it_keeps_the_rules_of_the_format(pack):
    found = said((pack / "CITATION.cff").read_text("utf-8"))
    assert found["type"] == "dataset"
    assert found["title"] == (
        "Scrutiny evidence pack: Exampleshire County Council, 31 July 2016"
    )


def test_its_authors_are_the_bodies_that_issued_the_documents(pack):
    found = said((pack / "CITATION.cff").read_text("utf-8"))
    assert found["authors"] == [{"name": "Exampleshire County Council"}]
    (document,) = found["references"]
    assert document["title"] == "Sufficiency of social workers & others <draft>"
    assert document["date-published"] == "2016-09-12"


def test_it_names_the_pack_and_the_bytes_of_its_evidence(pack):
    found = said((pack / "CITATION.cff").read_text("utf-8"))
    sha256 = hashlib.sha256((pack / "evidence.json").read_bytes()).hexdigest()
    assert [one["value"] for one in found["identifiers"]] == [
        "exampleshire/2016-07-31",
        f"sha256:{sha256}",
    ]


def test_a_draft_has_no_date_of_release_and_says_what_it_is(pack):
    found = said((pack / "CITATION.cff").read_text("utf-8"))
    assert "date-released" not in found
    assert found["message"].startswith("Draft: not yet checked. ")


def test_a_final_pack_was_released_when_it_was_checked(pack, tmp_path):
    standing = {
        "is_draft": False,
        "words": "Final: checked by the head of service, 3 May 2017",
        "checked_by": "head of service",
        "checked_on": "2017-05-03",
    }
    found = said(citation_file(evidence(tmp_path, pack, standing=standing)))
    assert found["date-released"] == "2017-05-03"
    assert found["message"].startswith("Final: checked by the head of service")


@pytest.mark.parametrize(
    ("date", "said_as"),
    [
        ("2016-09-12", {"date-published": "2016-09-12"}),
        ("2016-09", {"year": 2016, "month": 9}),
        ("2016", {"year": 2016}),
        ("not stated", {}),
    ],
)
def test_a_documents_date_is_as_precise_as_it_is_known(pack, tmp_path, date, said_as):
    path = evidence(tmp_path, pack)
    contents = json.loads(path.read_text("utf-8"))
    contents["items"] = []
    for one in contents["pack"]["inputs"]:
        one["date"] = date
    path.write_text(json.dumps(contents), "utf-8")
    (document,) = said(citation_file(path))["references"]
    keys = ("date-published", "year", "month")
    assert {key: document[key] for key in keys if key in document} == said_as


def test_a_pack_without_documents_has_an_author_all_the_same(pack, tmp_path):
    path = evidence(tmp_path, pack, inputs=[])
    contents = json.loads(path.read_text("utf-8"))
    contents["items"] = []
    path.write_text(json.dumps(contents), "utf-8")
    found = said(citation_file(path))
    assert found["authors"] == [{"name": "Exampleshire County Council"}]
    assert "references" not in found
