"""What one member of staff has dropped, corrected and confirmed; it lives with the session only."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from surveys.acceptance import Accepted
from surveys.checked import Decisions
from surveys.discharge_proposal import Said
from surveys.large_proposal import propose_aside
from surveys.proposal import Proposal
from surveys.table_kinds import TableKind
from surveys.table_proposal import TableProposal, kind_told, propose_tables
from surveys.target import Target
from surveys.uploads import ReadFile
from ui.actor import current_actor
from ui.store import served, store

Made = TypeVar("Made")


@dataclass
class UploadState:
    """Files by the identifier of their dropping, what was decided, and what was accepted."""

    files: dict[str, ReadFile] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    respondents: dict[str, str] = field(default_factory=dict)
    fiscal_year: int = 0
    reasons: dict[str, str] = field(default_factory=dict)
    previewed: tuple[Proposal | TableProposal, pd.DataFrame] | None = None
    pressed: Proposal | TableProposal | None = None
    accepted: Accepted | None = None
    survey_id: str = ""
    seconds: float = 0.0
    undone: bool = False
    round: int = 0
    edits: int = 0
    _proposed: tuple[Hashable, Proposal] | None = None
    _tables: tuple[Hashable, TableProposal] | None = None
    _kept: dict[str, tuple[object, Hashable, Any]] = field(default_factory=dict)

    @property
    def decisions(self) -> Decisions:
        """What has been confirmed so far, as the check takes it."""
        return Decisions(
            columns=dict(self.columns),
            values={key: dict(chosen) for key, chosen in self.values.items()},
            respondents=dict(self.respondents),
        )

    def decide_column(self, key: str, question_id: str) -> None:
        """Take a header for a question; blank means that the column is not used."""
        self.columns[key] = question_id
        self.edits += 1

    def decide_value(self, question_id: str, folded: str, code: str) -> None:
        """Take a printed text for an answer of a question."""
        self.values.setdefault(question_id, {})[folded] = code
        self.edits += 1

    def decide_name(self, printed: str, area_code: str) -> None:
        """Take a printed name for a municipality."""
        self.respondents[printed] = area_code
        self.edits += 1

    def decide_year(self, year: int) -> None:
        """Take a fiscal year for files that print none; 0 takes it back."""
        self.fiscal_year = year
        self.edits += 1

    def press(self, proposal: Proposal | TableProposal) -> None:
        """Note that this very proposal, as it was shown, is to be published."""
        self.pressed = proposal

    def told_kind(self) -> TableKind | None:
        """Return the layout of the plain tables in the files, none for answers only."""
        files = list(self.files.values())
        return self.kept("kind", self, by=tuple(self.files), make=lambda: kind_told(files))

    def is_ready(self, proposal: Proposal | TableProposal) -> bool:
        """Tell whether nothing is left to mend, to answer or to give a reason for."""
        return self.kept(
            "ready", proposal, make=lambda: proposal.acceptable and not proposal.warnings
        )

    def proposal(self, target: Target) -> Proposal:
        """Return what the files say of the target, made anew only when something has changed."""
        key = (served(), target, tuple(self.files), self.edits)
        if self._proposed is None or self._proposed[0] != key:
            with st.spinner("確かめています"):
                made = propose_aside(
                    store(),
                    actor=current_actor(),
                    target=target,
                    read=list(self.files.values()),
                    decisions=self.decisions,
                )
            self._proposed = (key, made)
        return self._proposed[1]

    def table_proposal(self, prefecture: str) -> TableProposal:
        """Return what the files hold as plain tables, made anew only when something changed."""
        key = (served(), "tables", prefecture, tuple(self.files), self.edits)
        if self._tables is None or self._tables[0] != key:
            with st.spinner("確かめています"):
                read = list(self.files.values())
                made = propose_tables(
                    store(),
                    actor=current_actor(),
                    read=read,
                    prefecture=prefecture,
                    said=Said(self.decisions, self.fiscal_year),
                )
            self._tables = (key, made)
        return self._tables[1]

    def kept(
        self, name: str, thing: object, *, by: Hashable = None, make: Callable[[], Made]
    ) -> Made:
        """Return what was made of a thing under a name, anew once the thing or `by` is another."""
        found = self._kept.get(name)
        if found is None or found[0] is not thing or found[1] != by:
            found = self._kept[name] = (thing, by, make())
        made: Made = found[2]
        return made

    def finish(self, accepted: Accepted, *, survey_id: str, seconds: float) -> None:
        """Keep what was accepted and let go of the files; the next round starts empty."""
        st.session_state["upload"] = UploadState(
            accepted=accepted, survey_id=survey_id, seconds=seconds, round=self.round + 1
        )


def upload_state() -> UploadState:
    """Return the state of this session."""
    found: UploadState = st.session_state.setdefault("upload", UploadState())
    return found


def start_anew() -> None:
    """Let go of the files and of everything decided about them."""
    st.session_state["upload"] = UploadState(round=upload_state().round + 1)
