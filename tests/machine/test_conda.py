"""environment.yml is what pyproject.toml and the locks make it."""

from pathlib import Path

import yaml

from scrutiny_pack.machine.conda import environment_text

CLONE = Path(__file__).parents[2]


def test_environment_yml_is_up_to_date():
    written = (CLONE / "environment.yml").read_text("utf-8")
    assert written == environment_text(CLONE), "run 'make environment'"


def test_it_takes_python_from_conda_and_the_rest_from_the_locks():
    content = yaml.safe_load(environment_text(CLONE))
    python, _, pip = content["dependencies"]
    assert python == "python >=3.11"
    assert pip == {"pip": ["-r requirements.lock", "-r requirements-lab.lock"]}
    for requirement in pip["pip"]:
        assert (CLONE / requirement.removeprefix("-r ")).is_file()
