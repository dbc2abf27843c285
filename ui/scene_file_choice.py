"""Choosing a small file that the browser itself reads: those without an account upload nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from workshop.scene_files import MOST_BYTES

_HTML = (
    '<label>シーンのファイル（.json）<input type="file" accept=".json,application/json"></label>'
)
_CSS = """
label { display: grid; gap: 0.4rem; color: var(--st-text-color); }
input { font: inherit; max-width: 100%; }
"""
# A file that is too large is not read, only told of.
_JS = """
export default function (component) {
  const field = component.parentElement.querySelector("input");
  field.onchange = async () => {
    const file = field.files[0];
    if (!file) return;
    const text = file.size > component.data.most ? "" : await file.text();
    component.setTriggerValue("chosen", { name: file.name, size: file.size, text });
    field.value = "";
  };
}
"""


@cache
def _field() -> Any:  # noqa: ANN401 - what mounts a component
    return st.components.v2.component("scene_file", html=_HTML, css=_CSS, js=_JS)


def chosen_file(key: str) -> tuple[str, bytes] | None:
    """Draw the field and return name and content of the file just chosen, None on other runs."""
    found = _field()(key=key, data={"most": MOST_BYTES}, on_chosen_change=_noted).chosen
    if not found:
        return None
    name, text = str(found["name"]), str(found["text"])
    # As many bytes as the file has, so that its reader tells that it is too large.
    content = text.encode() if found["size"] <= MOST_BYTES else bytes(MOST_BYTES + 1)
    return name, content


def _noted() -> None:
    """Without a callback the component would not hand over what was chosen."""
