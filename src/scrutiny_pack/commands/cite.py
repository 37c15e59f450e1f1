"""The command that says how to cite an evidence item or a pack."""

import sys

from scrutiny_pack.options import Options
from scrutiny_pack.workspace import Workspace


def cite(options: Options) -> int:
    """Print the citation of an item, or of a pack: plain, and in Markdown."""
    from scrutiny_pack.citing import find_citation

    workspace = Workspace.find(options.text("workspace"))
    citation = find_citation(workspace, options.text("id"))
    forms = [("Short", citation.short), ("Full", citation.full)]
    if not citation.short:
        forms = [("Plain", citation.full)]
    for name, words in forms:
        print(f"{name}:\n{words}\n")
    for name, words in forms:
        heading = f"{name}, in Markdown" if citation.short else "Markdown"
        print(f"{heading}:\n{citation.markdown(words)}\n")
    if citation.is_draft:
        print(f"{citation.standing}. Cite it when it is final.", file=sys.stderr)
    return 0
