"""The crate: what RO-Crate 1.1 and Process Run Crate 0.5 ask for."""

import hashlib
import json

import pytest

from tests.archive.tampering import read_members


@pytest.fixture(scope="module")
def members(archived_once):
    return read_members(archived_once[1])


@pytest.fixture(scope="module")
def crate(members):
    return json.loads(members["data/ro-crate-metadata.json"])


@pytest.fixture(scope="module")
def entities(crate):
    return {entity["@id"]: entity for entity in crate["@graph"]}


def types(entity):
    return entity["@type"] if isinstance(entity["@type"], list) else [entity["@type"]]


def places(value):
    values = value if isinstance(value, list) else [value]
    return [entry["@id"] for entry in values]


def test_the_descriptor_names_the_standard(crate, entities):
    assert "https://w3id.org/ro/crate/1.1/context" in crate["@context"]
    descriptor = entities["ro-crate-metadata.json"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}


def test_each_entity_is_there_once(crate, entities):
    assert len(crate["@graph"]) == len(entities)


def test_the_root_has_what_a_root_must_have(entities):
    root = entities["./"]
    assert root["@type"] == "Dataset"
    assert root["conformsTo"] == {"@id": "https://w3id.org/ro/wfrun/process/0.5"}
    assert root["datePublished"] == "2019-01-31"  # the last day of the period
    assert root["name"] == (
        "Scrutiny evidence pack: Dorset County Council, January 2019"
    )
    assert root["description"]
    assert places(root["license"]) == ["#licence"]
    profile = entities["https://w3id.org/ro/wfrun/process/0.5"]
    assert profile["@type"] == "CreativeWork"
    assert profile["version"] == "0.5"


def test_every_file_is_described_as_it_is(members, entities):
    files = {place: e for place, e in entities.items() if "File" in types(e)}
    due = {name.removeprefix("data/") for name in members if name.startswith("data/")}
    assert set(files) == due - {"ro-crate-metadata.json"}
    assert sorted(places(entities["./"]["hasPart"])) == sorted(files)
    for place, entity in files.items():
        raw = members[f"data/{place}"]
        assert entity["contentSize"] == str(len(raw))
        assert entity["sha256"] == hashlib.sha256(raw).hexdigest()
        assert entity["name"]
        assert entity["encodingFormat"]


def test_each_run_is_an_action_with_instrument_object_and_result(entities):
    """Process Run Crate 0.5: its requirements of actions and instruments."""
    mentioned = places(entities["./"]["mentions"])
    actions = [place for place, e in entities.items() if "CreateAction" in types(e)]
    assert sorted(mentioned) == sorted(actions) == ["#publishing", "#run-03-caseloads"]
    for place in actions:
        action = entities[place]
        (instrument,) = places(action["instrument"])
        assert {"SoftwareApplication", "SoftwareSourceCode"} & set(
            types(entities[instrument])
        )
        assert action["name"]
        assert action["actionStatus"] == "http://schema.org/CompletedActionStatus"
        assert types(entities[action["agent"]["@id"]]) == ["Person"]
        assert not {"startTime", "endTime"} & set(action)  # those are of the clock


def test_the_run_of_a_notebook_names_its_inputs_parameters_and_outputs(entities):
    run = entities["#run-03-caseloads"]
    inputs, outputs = places(run["object"]), places(run["result"])
    folder = "project/data/dorset/2019-01"
    assert f"{folder}/caseloads.csv" in inputs
    assert f"{folder}/caseloads.source.yaml" in inputs
    assert "project/expectations/caseloads.json" in inputs
    assert "#03-caseloads-council" in inputs
    assert entities["#03-caseloads-council"] == {
        "@id": "#03-caseloads-council",
        "@type": "PropertyValue",
        "name": "council",
        "value": "dorset",
    }
    assert "pack/notebooks/03-caseloads.ipynb" in outputs
    assert "pack/charts/caseload-ranges.svg" in outputs
    assert places(run["instrument"]) == ["project/notebooks/03-caseloads.ipynb"]
    published = entities["#publishing"]
    assert places(published["object"]) == outputs
    assert "pack/notebooks/03-caseloads.html" in places(published["result"])
    assert "pack/evidence.json" in places(published["result"])


def test_whatever_is_referred_to_is_described_or_a_page_of_the_web(crate, entities):
    def references(value):
        if isinstance(value, dict):
            if set(value) == {"@id"}:
                yield value["@id"]
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    known = {"https://w3id.org/ro/crate/1.1"}
    named = set(references(crate["@graph"]))
    assert named - known <= set(entities)


def test_versions_licence_and_people_by_role_are_there(entities):
    assert entities["#scrutiny-pack"]["license"] == {
        "@id": "https://spdx.org/licenses/MIT"
    }
    assert entities["#papermill"]["softwareVersion"].startswith("2.")
    assert entities["#python"]["softwareVersion"].startswith("3.")
    assert entities["#creator"]["name"] == "Scrutiny support unit"
    assert entities["#creator"]["affiliation"] == {"@id": "#council"}
    assert entities["#council"]["name"] == "Dorset County Council"
    assert "Open Government Licence" in entities["#licence"]["description"]
