"""Let a library be imported without what it seldom uses.

Great Expectations imports scipy's statistics and altair for one or two expectations that
no suite has. They are a third of the time that its import takes.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _StandIn(ModuleType):
    """Imports a module when something of it is first used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        _take_away(self)
        return getattr(import_module(self.__name__), name)


@contextmanager
def imported_later(*names: str) -> Iterator[None]:
    """Put off the import of modules by what is imported meanwhile.

    Whoever imports one of them meanwhile has a stand-in, which imports the module when
    something of it is used. Afterwards nothing is left of that: whoever imports one then
    has the module itself. A module that is there already stays.

    Args:
        names: the modules.
    """
    put_off = [_StandIn(name) for name in names if name not in sys.modules]
    sys.modules.update({module.__name__: module for module in put_off})
    try:
        yield
    finally:
        for module in put_off:
            _take_away(module)


def _take_away(module: ModuleType) -> None:
    if sys.modules.get(module.__name__) is module:
        del sys.modules[module.__name__]
