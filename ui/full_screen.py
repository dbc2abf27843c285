"""The button that lets the browser fill the whole screen, which only a press may ask for."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_HTML = '<button type="button">全画面</button>'
_CSS = """
button {
  font: inherit;
  font-size: 24px;
  padding: 0.3rem 0.8rem;
  color: var(--st-text-color);
  background: var(--st-background-color);
  border: 1px solid var(--st-border-color);
  border-radius: 0.5rem;
}
"""
# A tick that plays the years would keep the keys of a remote while it has the focus.
_JS = """
function letGo(event) {
  if (event.target.matches(".vega-bindings input[type=checkbox]")) event.target.blur();
}

export default function (component) {
  document.addEventListener("change", letGo);
  const button = component.parentElement.querySelector("button");
  button.onclick = () => {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      document.documentElement.requestFullscreen();
    }
    button.blur();
  };
}
"""


@cache
def _button() -> Any:  # noqa: ANN401 - what mounts a component
    return st.components.v2.component("full_screen", html=_HTML, css=_CSS, js=_JS)


def full_screen_button() -> None:
    """Draw the button."""
    _button()(key="full_screen", width="content")
