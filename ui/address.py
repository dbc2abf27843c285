"""The address of the page: selections as codes, remembered from page to page."""

from __future__ import annotations

from collections.abc import Container

import streamlit as st

# What means the same on every page, and so is carried along; all else belongs to its page.
SHARED = (
    "area",
    "parent",
    "level",
    "year",
    "fy",
    "edition",
    "benchmark",
    "types",
    "group",
    "groups",
    "islands",
    "hide",
    "pair",
    "stage",
    "room",
)
# What stays when a scene replaces all other selections.
STAYING = ("stage", "room")


def arrive(page: str) -> None:
    """Note which page runs; on a new one, selections are taken over from before."""
    st.session_state.pop("moved", None)
    st.session_state["chosen_words"] = {}
    if st.session_state.get("page_path") != page:
        st.session_state["page_path"] = page
        st.session_state["taken_over"] = set()


def _memory() -> dict[str, str]:
    return st.session_state.setdefault("selections", {})


def _name(param: str) -> str:
    return f"{st.session_state.get('page_path', '')}:{param}" if param not in SHARED else param


def read(param: str) -> str | None:
    """Return the code in the address, else on arrival the one chosen before."""
    found = st.query_params.get(param)
    taken_over = st.session_state.setdefault("taken_over", set())
    if param not in taken_over:
        taken_over.add(param)
        if found is None and _name(param) in _memory():
            found = _memory()[_name(param)]
            st.query_params[param] = found
    if found is None:
        _memory().pop(_name(param), None)
    else:
        _memory()[_name(param)] = found
    return found


def write(param: str, code: str | None) -> None:
    """Put a code into the address, or take it out (the default is not written)."""
    if code is None:
        _memory().pop(_name(param), None)
        if param in st.query_params:
            del st.query_params[param]
        return
    _memory()[_name(param)] = code
    st.session_state.setdefault("written", set()).add((param, code))
    if st.query_params.get(param) != code:
        st.query_params[param] = code


def remember_words(param: str, words: str) -> None:
    """Note the words of a choice on this page, to name the picture by."""
    st.session_state.setdefault("chosen_words", {})[param] = words


def chosen_words(param: str) -> str:
    """Return the words of a choice as the page was last drawn, empty where it has no such."""
    found: str = st.session_state.get("chosen_words", {}).get(param, "")
    return found


def forget_foreign(param: str, options: Container[str]) -> None:
    """Forget a choice that was made on another page and means nothing on this one."""
    if param in st.query_params:
        return
    remembered = _memory().get(_name(param))
    if remembered and any(code not in options for code in remembered.split(",")):
        write(param, None)


def was_written(param: str, code: str) -> bool:
    """Tell whether the code was chosen here before, where it was on offer."""
    return (param, code) in st.session_state.get("written", set())


def query() -> dict[str, str]:
    """Return the selections as they stand, for a link to another page."""
    return {param: code for param, code in _memory().items() if ":" not in param}


def start_anew() -> None:
    """Forget every selection but how and with whom one looks, before a scene brings its own."""
    kept = {param: code for param, code in _memory().items() if param in STAYING}
    st.session_state["selections"] = kept
