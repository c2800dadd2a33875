"""Sphinx configuration: MyST pages, and a reference generated from the code itself."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Chống dịch"
language = "en"
extensions = ["myst_parser"]
html_theme = "furo"
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_title = "Chống dịch"


def setup(app: object) -> None:
    """Write the generated pages before anything is read."""
    import generate

    generate.write_all(Path(__file__).parent / "reference" / "generated")
