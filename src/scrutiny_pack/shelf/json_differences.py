"""What differs between two JSON values, as places in them and texts.

Lists are matched by what names their entries and not by place, so that one entry more
is one difference. Nothing is known here of a contract's version: a field that one of
two has and the other has not is a difference like any other.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Place = tuple[str, ...]
"""Where a value stands: names of fields, and of entries of lists."""

_NAMES = ("slug", "notebook", "dataset", "file", "claim", "id", "key", "title", "name")
"""The fields that can name an entry of a list, those that are tried first, first."""


def json_differences(
    old: Any, new: Any, place: Place = ()
) -> Iterator[tuple[Place, str, str]]:
    """Each place where two values differ, with what stands there in each.

    Args:
        old: what `json.loads` gives.
        new: likewise.
        place: where the two stand.

    Yields:
        Place, old text and new text, in the order of the new value; "" for nothing.
    """
    if _are(dict, old, new):
        before, after = old or {}, new or {}
        for name in merged(list(before), list(after)):
            where = (*place, name)
            yield from json_differences(before.get(name), after.get(name), where)
    elif _are(list, old, new):
        yield from _of_lists(old or [], new or [], place)
    elif type(old) is not type(new) or old != new:
        yield place, as_text(old), as_text(new)


def _are(kind: type, old: Any, new: Any) -> bool:
    """Whether both are of a kind, or one is and the other is nothing."""
    kinds = {type(old), type(new)}
    return kinds in ({kind}, {kind, type(None)})


def as_text(value: Any) -> str:
    """A value as it is shown: text and sentences as they are, nothing as "", else JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        sentence = value.get("sentence") or value.get("text")
        if isinstance(sentence, str):
            return sentence
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _of_lists(
    old: Sequence[Any], new: Sequence[Any], place: Place
) -> Iterator[tuple[Place, str, str]]:
    name = _name_of_entries([*old, *new])
    if name:
        before = {as_text(entry[name]): entry for entry in old}
        after = {as_text(entry[name]): entry for entry in new}
        if len(before) == len(old) and len(after) == len(new):
            if list(before) != list(after) and sorted(before) == sorted(after):
                yield (*place, "order"), ", ".join(before), ", ".join(after)
            for key in merged(list(before), list(after)):
                where = (*place, key)
                yield from json_differences(before.get(key), after.get(key), where)
            return
    yield from _of_unnamed(old, new, place)


def _of_unnamed(
    old: Sequence[Any], new: Sequence[Any], place: Place
) -> Iterator[tuple[Place, str, str]]:
    """Entries that are gone and entries that are new; as many of each, side by side."""
    before, after = [json.dumps(e) for e in old], [json.dumps(e) for e in new]
    gone = list((Counter(before) - Counter(after)).elements())
    added = list((Counter(after) - Counter(before)).elements())
    if len(gone) == len(added):
        for one, other in zip(gone, added, strict=True):
            was, now = _shown(one), _shown(other)
            yield (place, one, other) if was == now else (place, was, now)
    else:
        for one in gone:
            yield place, _shown(one), ""
        for other in added:
            yield place, "", _shown(other)
    if not gone and not added and before != after:
        yield (*place, "order"), "; ".join(before), "; ".join(after)


def _shown(entry: str) -> str:
    return as_text(json.loads(entry))


def _name_of_entries(entries: Sequence[Any]) -> str:
    """The field that all entries have and that can name them; "" if there is none."""
    if not entries or not all(isinstance(entry, Mapping) for entry in entries):
        return ""
    return next((n for n in _NAMES if all(n in entry for entry in entries)), "")


def merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The names of both, in the order of the new, what is gone where it was."""
    merged = list(new)
    after = ""
    for name in old:
        if name not in merged:
            merged.insert(merged.index(after) + 1 if after else 0, name)
        after = name
    return merged
