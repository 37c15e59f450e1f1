"""The kinds of chart that a pack draws.

Each function takes the long form and returns a `Drawing`, or None where there is
too little to draw, or too much, and a table or a number says it better. Bars and
points carry their figures, in near-black; colour never carries meaning alone. Zero
is always on the axis. What a chart shows is also in its alt text and its data file.
"""

from scrutiny_pack.evidence.bars import bars, panels
from scrutiny_pack.evidence.ranges import ranges
from scrutiny_pack.evidence.time_lines import lines

__all__ = ["bars", "lines", "panels", "ranges"]
