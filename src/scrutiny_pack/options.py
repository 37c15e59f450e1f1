"""What a command is told: options as words, with dashes, or in the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scrutiny_pack.errors import ParameterError

OPTIONS: Mapping[str, str] = {
    "council": "the council's slug, such as darlington",
    "set": "england, for a comparison pack of every local authority",
    "period": "the period, such as 2016-07-31; without it, the council's latest",
    "workspace": "a folder with the council's own params/, data/ and output/",
    "formats": "what a pack is made as beside its pages, such as pdf,docx; all, or none",
    "id": "an evidence item's id, such as darlington/2016-07-31/vacancies-by-team",
    "report": "a draft report to check, as .docx, .odt, .md or .pdf",
    "archive": "an archive to verify",
    "key": "a public key, to check a signature with",
    "wheels": "1 to put the packages into the archive too",
    "rerun": "1 to run the archive's pack again, which executes its code",
    "a": "the first of two packs to compare, a folder or an archive",
    "b": "the second of them",
    "release": "a release of the DfE's statistics, such as 2025; without it, the newest",
    "file": "a zip or CSV file of the release that you have",
    "from": "the earlier of two releases, such as 2024",
    "to": "the later of two releases; without it, the newest",
    "workbook": "a workbook that was filled in, to be imported",
    "census": "a return of the Children's Social Work Workforce census, XML or CSV",
    "caseloads": "a weekly list of cases by worker, as CSV or Excel, to be imported",
    "replace": "1 to put new data in the place of what is there, which is kept aside",
    "strict": "1 to exit with code 21 (audit) or 40 (check) if a figure disagrees",
    "debug": "1 to show the traceback of an error",
    "jobs": "how many notebooks are run side by side; without it, one a processor",
    "engine": "the address of a dask scheduler, such as tcp://scheduler:8786",
    "force": "1 to run everything, even if it is up to date",
    "warm": "0 to start Python anew for each notebook, which takes longer",
}
"""Every option there is, with what it means."""

_WORD = re.compile(rf"({'|'.join(name.upper() for name in OPTIONS)})=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Options:
    """What a command was told, each option as it was typed.

    Attributes:
        given: what was given, by the option's name; what was not, or was empty, is
            not there.
    """

    given: Mapping[str, str]

    def text(self, name: str) -> str | None:
        """What was given for an option; None if nothing was."""
        return self.given.get(name)

    def is_set(self, name: str, *, unless_given: bool = False) -> bool:
        """Whether a switch is on: anything but 0 is.

        Args:
            name: the switch.
            unless_given: what it is if nothing was given.
        """
        value = self.given.get(name)
        return unless_given if value is None else value != "0"

    @property
    def jobs(self) -> int | None:
        """How many notebooks are run side by side, if a number was given.

        Raises:
            ParameterError: if what was given is no number of notebooks.
        """
        given = self.given.get("jobs")
        if given is None:
            return None
        if not given.isdecimal() or int(given) == 0:
            msg = (
                f"JOBS={given} is not a number of notebooks: write one, such as JOBS=2"
            )
            raise ParameterError(msg)
        return int(given)


def taken_from(
    words: Mapping[str, str],
    dashed: Mapping[str, str | None],
    around: Mapping[str, str],
) -> Options:
    """The options as they were given.

    Args:
        words: from words such as ``COUNCIL=darlington``, by the option's name.
        dashed: from ``--council darlington``, which goes before the words.
        around: the environment variables, which are asked last.
    """
    asked = {
        name: dashed.get(name) or words.get(name) or around.get(name.upper())
        for name in OPTIONS
    }
    return Options({name: value for name, value in asked.items() if value})


def words_apart(arguments: list[str]) -> tuple[dict[str, str], list[str]]:
    """The words such as ``COUNCIL=darlington``, by option, and all the others."""
    given: dict[str, str] = {}
    rest: list[str] = []
    for word in arguments:
        match = _WORD.fullmatch(word)
        if match:
            given[match[1].lower()] = match[2]
        else:
            rest.append(word)
    return given, rest
