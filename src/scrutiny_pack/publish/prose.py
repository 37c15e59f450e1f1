"""Computed prose as HTML: Markdown in which raw HTML is shown, not obeyed."""

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


def prose_html(markdown: str) -> Markup:
    """Render prose that holds text from the data, such as a team's name.

    Args:
        markdown: the prose, with its citations of items resolved.
    """
    renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
    return Markup(MarkdownWithMath(renderer=renderer).render(markdown).strip())


def line_html(markdown: str) -> Markup:
    """Render one paragraph of prose without the tags around it, for a list."""
    html = prose_html(markdown)
    is_one = html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>")
    return Markup(html[3:-4]) if is_one else html
