"""The scrutiny evidence pack: what the notebooks import.

A notebook needs one name, [`open_pack`][scrutiny_pack.evidence.opening.open_pack].
It is imported on first use, so that the command line, which shares this
package, starts without pandas.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrutiny_pack.evidence.opening import open_pack

__version__ = "0.1.0"
__all__ = ["__version__", "open_pack"]


def __getattr__(name: str) -> Any:
    """Import `open_pack` when it is first asked for."""
    if name == "open_pack":
        from scrutiny_pack.evidence.opening import open_pack

        return open_pack
    raise AttributeError(name)
