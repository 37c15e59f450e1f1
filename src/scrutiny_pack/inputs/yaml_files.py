"""Read a YAML file of an analyst as plain text, mappings and lists.

Every scalar stays as it is written: YAML alone would make a date of 2019-01-21, a
number of 2005 and a truth value of "no".
"""

from pathlib import Path
from typing import Any

import yaml

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.files import decode, read_bytes
from scrutiny_pack.inputs.wording import shown
from scrutiny_pack.yaml_text import nodes_of


def read_yaml(path: Path, shown_as: str) -> dict[str, Any]:
    """The mapping that a YAML file holds, its scalars as text.

    Returns:
        The mapping; empty if the file is.

    Raises:
        InputFileError: if the file is missing, is not YAML, says a key twice, or
            holds something other than a mapping.
    """
    text, _ = decode(read_bytes(path, shown_as), shown_as)
    try:
        loader, node = nodes_of(text)
        if node is None:
            return {}
        _check_keys(node, shown_as, set())
        content = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        msg = (
            f"{shown_as}{line}: not YAML ({error.problem}); write one 'name: text' a "
            "line, and put text with a colon or a hash in it between quotation marks"
        )
        raise InputFileError(msg) from None
    except (yaml.YAMLError, RecursionError):
        msg = f"{shown_as}: not YAML; write one 'name: text' a line"
        raise InputFileError(msg) from None
    if not isinstance(content, dict):
        msg = f"{shown_as}: write one 'name: text' a line"
        raise InputFileError(msg)
    return content


def _check_keys(node: yaml.Node, shown_as: str, done: set[int]) -> None:
    """See that no key is there twice: YAML keeps the last and says nothing."""
    if not isinstance(node, yaml.CollectionNode) or id(node) in done:
        return
    done.add(id(node))  # an alias can name a node again, even from within itself
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_keys(item, shown_as, done)
        return
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            msg = f"{shown_as}, line {line}: a name must be plain text"
            raise InputFileError(msg)
        if key.value in seen:
            msg = f"{shown_as}, line {line}: {shown(key.value)} stands twice; keep one"
            raise InputFileError(msg)
        seen.add(key.value)
        _check_keys(value, shown_as, done)
