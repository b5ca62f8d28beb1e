"""A page on a narrow screen: filters wait behind a switch, so that the first screen shows what was asked for.

The width is the browser's, which Streamlit does not tell: style sheets decide, and the switch is drawn on narrow screens only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from ui.frame import word

NARROW_PX = 640
STYLE = f"""
[class*='st-key-narrow-only-'] {{ display: none; }}
@media (max-width: {NARROW_PX}px) {{
  [class*='st-key-narrow-only-'] {{ display: flex; }}
  [class*='st-key-wide-only-'] {{ display: none; }}
  [class*='st-key-filters-'] {{ display: none; }}
  [class*='st-key-narrowed-']:has([class*='st-key-narrow-only-'] input:checked) [class*='st-key-filters-'] {{ display: flex; }}
}}
"""


@contextmanager
def filters(name: str, title: str = "ui/show-filters") -> Iterator[None]:
    """Draw what narrows a page down: at once on a wide screen, behind a switch called ``title`` on a narrow one."""
    with st.container(key=f"narrowed-{name}"):
        with st.container(key=f"narrow-only-{name}"):
            st.toggle(word(title), key=f"show-filters-{name}", help=word("ui/show-filters-help"))
        with st.container(key=f"filters-{name}"):
            yield
