"""Parameters: the defaults, and what a council sets differently for one period."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from scrutiny_pack.errors import ParameterError
from scrutiny_pack.inputs.wording import did_you_mean
from scrutiny_pack.pack_parameters import pack_schemas, validate_check
from scrutiny_pack.periods import Period
from scrutiny_pack.sidecars import Sidecar
from scrutiny_pack.workspace import Workspace
from scrutiny_pack.yaml_text import load_yaml


def read_parameters(
    workspace: Workspace,
    council: str,
    period: Period | str,
    sidecars: Sequence[Sidecar],
) -> dict[str, Any]:
    """Read the parameters of one pack.

    ``params/defaults.yaml`` names every parameter there is;
    ``params/<council>/<period>.yaml``, where there is one, holds only what differs.
    A value of null means that none is given.

    Returns:
        The value of every parameter by name, in the order of the defaults.

    Raises:
        ParameterError: if a file cannot be read, a name is unknown, a value does not
            fit the schema in a sidecar or in pack_parameters.yaml, a sidecar's
            parameter has no default, or a check of the pack is only half told.
    """
    defaults_file = workspace.shown(workspace.defaults_file)
    parameters = _read(workspace.defaults_file, defaults_file)
    schemas = _schemas(sidecars, parameters, defaults_file)
    _validate(parameters, schemas, defaults_file)

    file = workspace.params_file(council, period)
    if not file.is_file():
        validate_check(parameters, period, defaults_file)
        return parameters
    shown = workspace.shown(file)
    own = _read(file, shown)
    for name in own:
        if name not in parameters:
            msg = (
                f"{shown}: '{name}' is not a parameter that the project knows."
                f"{did_you_mean(name, parameters)} All of them are in {defaults_file}"
            )
            raise ParameterError(msg)
    _validate(own, schemas, shown)
    validate_check(parameters | own, period, shown)
    return parameters | own


def _read(file: Path, shown: str) -> dict[str, Any]:
    try:
        raw = load_yaml(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        msg = f"{shown} is missing: it names every parameter, and its default"
        raise ParameterError(msg) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        msg = f"{shown} cannot be read as YAML: {' '.join(str(error).split())}"
        raise ParameterError(msg) from None
    except ValueError as error:
        msg = f"{shown} holds a date that does not exist ({error}): correct it"
        raise ParameterError(msg) from None
    if raw is None:  # a file of comments only
        return {}
    if not isinstance(raw, dict) or not all(isinstance(name, str) for name in raw):
        msg = f"{shown} must hold names and values, such as 'threshold: 18'"
        raise ParameterError(msg)
    return {name: _without_dates(value) for name, value in raw.items()}


def _without_dates(value: Any) -> Any:
    """The value with dates as text: YAML reads 2016-07-31 as a date, JSON has none."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_without_dates(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _without_dates(item) for key, item in value.items()}
    return value


def _schemas(
    sidecars: Sequence[Sidecar], parameters: Mapping[str, Any], defaults_file: str
) -> dict[str, list[Mapping[str, Any]]]:
    """The schemas of each parameter: several notebooks may take the same one."""
    schemas = {name: [schema] for name, schema in pack_schemas().items()}
    for sidecar in sidecars:
        for name, schema in sidecar.parameters.items():
            if name not in parameters:
                msg = (
                    f"notebooks/{sidecar.name}.yaml declares the parameter '{name}', "
                    f"which {defaults_file} does not have; add it there (null: not given)"
                )
                raise ParameterError(msg)
            schemas.setdefault(name, []).append(schema)
    return schemas


def _validate(
    values: Mapping[str, Any],
    schemas: Mapping[str, Sequence[Mapping[str, Any]]],
    shown: str,
) -> None:
    for name, value in values.items():
        if value is None:
            continue
        for schema in schemas.get(name, ()):
            errors = Draft202012Validator(schema).iter_errors(value)
            for error in errors:
                msg = (
                    f"{shown}: the parameter '{name}' does not fit: {error.message} "
                    f"({schema['description']})"
                )
                raise ParameterError(msg)
