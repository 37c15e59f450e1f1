"""The RO-Crate of an archive: every file described, every run of a notebook an action.

It is a Process Run Crate 0.5 on RO-Crate 1.1, written by hand, because the ids and the
dates are ours: nothing in it comes from the clock.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from scrutiny_pack.archive.entries import Entry
from scrutiny_pack.archive.layout import CRATE, PACK, PROJECT

CONFORMS_TO = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_CONTEXT = [f"{CONFORMS_TO}/context", "https://w3id.org/ro/terms/workflow-run/context"]

Entity = dict[str, Any]


@dataclass(frozen=True)
class NotebookRun:
    """One run of a notebook.

    Attributes:
        name: the notebook's name.
        question: the question that it answers.
        inputs: the paths of its inputs in the payload.
        parameters: the parameters that it was given.
        outputs: the paths of what it made, in the payload.
    """

    name: str
    question: str
    inputs: Sequence[str]
    parameters: Mapping[str, Any]
    outputs: Sequence[str]


@dataclass(frozen=True)
class CrateFacts:
    """What a crate says beside its files.

    Attributes:
        identifier: the pack's id.
        title: the pack's title.
        authority: the council's name.
        ons_code: its code of the Office for National Statistics.
        date: the last day of the period, which stands for every date.
        creator: who made the archive, by role.
        checked_by: who checked the pack, by role; "" for a draft.
        licence: on what terms the data may be used, in a sentence.
        software: the version of this project's software.
        python: the minor version of Python.
        system: the operating system and processor.
        packages: the versions of the packages that run notebooks, by name.
        runs: the runs of the notebooks.
        published: the paths of what was made from the runs' outputs.
    """

    identifier: str
    title: str
    authority: str
    ons_code: str
    date: str
    creator: str
    checked_by: str
    licence: str
    software: str
    python: str
    system: str
    packages: Mapping[str, str]
    runs: Sequence[NotebookRun]
    published: Sequence[str]


def crate_text(entries: Sequence[Entry], facts: CrateFacts) -> str:
    """The text of ro-crate-metadata.json.

    Args:
        entries: all other files of the payload.
        facts: what it says of the pack and how it was made.
    """
    runs = [entity for run in facts.runs for entity in _run(run)]
    graph = [
        _descriptor(),
        _root(entries, facts),
        *_around(facts),
        *_software(facts),
        *_with_notebooks([_file(entry) for entry in entries], facts),
        *runs,
        _publishing(facts),
    ]
    crate = {"@context": _CONTEXT, "@graph": graph}
    return f"{json.dumps(crate, indent=1, ensure_ascii=False)}\n"


def _descriptor() -> Entity:
    return {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": CONFORMS_TO},
        "about": {"@id": "./"},
    }


def _root(entries: Sequence[Entry], facts: CrateFacts) -> Entity:
    actions = [f"#run-{run.name}" for run in facts.runs]
    checker = {"contributor": {"@id": "#checker"}} if facts.checked_by else {}
    return {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": {"@id": PROFILE},
        "identifier": facts.identifier,
        "name": facts.title,
        "description": (
            "A scrutiny evidence pack, and all that is needed to make it again. "
            "README.txt says how to read it."
        ),
        "datePublished": facts.date,
        "license": {"@id": "#licence"},
        "author": {"@id": "#creator"},
        "creator": {"@id": "#creator"},
        **checker,
        "publisher": {"@id": "#council"},
        "hasPart": _ids(entry.path for entry in entries),
        "mentions": _ids([*actions, "#publishing"]),
    }


def _around(facts: CrateFacts) -> list[Entity]:
    """The profile, the licences, the council, and the people by role."""
    council = {"@id": "#council"}
    people = [("#creator", facts.creator)]
    if facts.checked_by:
        people.append(("#checker", facts.checked_by))
    return [
        {
            "@id": PROFILE,
            "@type": "CreativeWork",
            "name": "Process Run Crate",
            "version": "0.5",
        },
        {
            "@id": "#licence",
            "@type": "CreativeWork",
            "name": "On what terms the data may be used",
            "description": facts.licence,
        },
        {
            "@id": "https://spdx.org/licenses/MIT",
            "@type": "CreativeWork",
            "name": "MIT licence",
            "identifier": "MIT",
        },
        {
            "@id": "#council",
            "@type": "Organization",
            "name": facts.authority,
            "identifier": facts.ons_code,
        },
        *(
            {
                "@id": place,
                "@type": "Person",
                "name": role,
                "jobTitle": role,
                "affiliation": council,
            }
            for place, role in people
        ),
    ]


def _software(facts: CrateFacts) -> list[Entity]:
    """The software that made the pack, with the versions that it was made with."""
    packages = [
        _application(f"#{name}", name, version)
        for name, version in sorted(facts.packages.items())
    ]
    python = _application("#python", "Python", facts.python)
    own = _application("#scrutiny-pack", "scrutiny-pack", facts.software)
    return [
        own
        | {
            "license": {"@id": "https://spdx.org/licenses/MIT"},
            "operatingSystem": facts.system,
            "softwareRequirements": _ids(
                [
                    "#python",
                    *(package["@id"] for package in packages),
                    f"{PROJECT}/requirements.lock",
                ]
            ),
        },
        python | {"operatingSystem": facts.system},
        *packages,
    ]


def _application(place: str, name: str, version: str) -> Entity:
    return {
        "@id": place,
        "@type": "SoftwareApplication",
        "name": name,
        "softwareVersion": version,
    }


def _file(entry: Entry) -> Entity:
    entity: Entity = {
        "@id": place_of(entry.path),
        "@type": "File",
        "name": entry.title,
        "contentSize": str(entry.size),
        "sha256": entry.sha256,
        "encodingFormat": entry.format.media_type,
    }
    if entry.format.pronom:
        pronom = f"https://www.nationalarchives.gov.uk/PRONOM/{entry.format.pronom}"
        entity["encodingFormat"] = [entry.format.media_type, {"@id": pronom}]
    if entry.path.startswith(f"{PROJECT}/src/"):
        entity["license"] = {"@id": "https://spdx.org/licenses/MIT"}
    return entity


def _with_notebooks(files: Sequence[Entity], facts: CrateFacts) -> list[Entity]:
    """The files, with the notebooks as the software that they are, and PRONOM's pages."""
    notebooks = {_notebook(run): run for run in facts.runs}
    described: list[Entity] = []
    formats: dict[str, str] = {}
    for entity in files:
        if run := notebooks.get(entity["@id"]):
            entity |= {
                "@type": ["File", "SoftwareSourceCode"],
                "version": facts.software,
                "programmingLanguage": {"@id": "#python"},
                "softwareRequirements": {"@id": "#scrutiny-pack"},
                "description": run.question,
                "license": {"@id": "https://spdx.org/licenses/MIT"},
            }
        if isinstance(entity["encodingFormat"], list):
            media_type, page = entity["encodingFormat"]
            formats[page["@id"]] = media_type
        described.append(entity)
    pages = [
        {"@id": page, "@type": "WebSite", "name": f"PRONOM on {media_type}"}
        for page, media_type in sorted(formats.items())
    ]
    return [*described, *pages]


def _run(run: NotebookRun) -> list[Entity]:
    """A run as an action, and the parameters that it was given."""
    parameters = [
        {
            "@id": f"#{run.name}-{name}",
            "@type": "PropertyValue",
            "name": name,
            "value": value if isinstance(value, str) else json.dumps(value),
        }
        for name, value in sorted(run.parameters.items())
    ]
    action = {
        "@id": f"#run-{run.name}",
        "@type": "CreateAction",
        "name": f"Run of the notebook {run.name}",
        "description": run.question,
        "actionStatus": "http://schema.org/CompletedActionStatus",
        "agent": {"@id": "#creator"},
        "instrument": {"@id": _notebook(run)},
        "object": _ids([*run.inputs, *(entity["@id"] for entity in parameters)]),
        "result": _ids(run.outputs),
    }
    return [action, *parameters]


def _publishing(facts: CrateFacts) -> Entity:
    """The action that made pages and files from what the notebooks had made."""
    made = [path for run in facts.runs for path in run.outputs]
    return {
        "@id": "#publishing",
        "@type": "CreateAction",
        "name": "Publishing of the pack",
        "description": "Pages and files, written from what the notebooks made.",
        "actionStatus": "http://schema.org/CompletedActionStatus",
        "agent": {"@id": "#creator"},
        "instrument": {"@id": "#scrutiny-pack"},
        "object": _ids(made),
        "result": _ids(facts.published),
    }


def _notebook(run: NotebookRun) -> str:
    return f"{PROJECT}/notebooks/{run.name}.ipynb"


def _ids(places: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": place_of(place)} for place in places]


def place_of(path: str) -> str:
    """A path as the id of an entity: a space in it is ``%20``."""
    return path if path.startswith("#") else quote(path)


def runs_of(
    evidence: Mapping[str, Any],
    inputs: Mapping[str, Sequence[str]],
    parameters: Mapping[str, Mapping[str, Any]],
    files: Mapping[str, Sequence[str]],
    paths: Collection[str],
) -> tuple[list[NotebookRun], list[str]]:
    """The runs of a pack's notebooks, and what was published from them.

    Args:
        evidence: what evidence.json says.
        inputs: the inputs of each notebook, by its name, as paths in the payload.
        parameters: the parameters that each one was given.
        files: the names of the further files that each one writes.
        paths: all paths of the payload, sorted.
    """
    there = frozenset(paths)
    runs = []
    for question in evidence["pack"]["questions"]:
        name = question["notebook"]
        if not question["answered"]:
            continue
        made = [f"notebooks/{name}.ipynb"]
        for item in evidence["items"]:
            if item["notebook"] == name:
                made += [item["data"], *([item["picture"]] if item["picture"] else [])]
        made += files[name]
        outputs = [f"{PACK}/{path}" for path in made if f"{PACK}/{path}" in there]
        runs.append(
            NotebookRun(
                name=name,
                question=question["question"],
                inputs=inputs[name],
                parameters=parameters[name],
                outputs=outputs,
            )
        )
    made_by_runs = {path for run in runs for path in run.outputs}
    published = [
        path
        for path in paths
        if path.startswith(f"{PACK}/") and path not in made_by_runs
    ]
    return runs, published
