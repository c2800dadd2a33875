"""Reading a directive: `read(text)` gives a `Reading`, every value with its place in the text and its doubt.

`lines.py` and `cells.py` cut the page; `head/`, `body/` and `tail/` read its three parts (Nghị định 30/2020/NĐ-CP,
Annex I); `units.py`, `names.py`, `dates.py`, `symbols.py`, `citations.py` are the words all three meet;
`vocabulary.yaml` is what a jurist can add to.
"""

from .reader import read
from .result import Reading

__all__ = ["Reading", "read"]
