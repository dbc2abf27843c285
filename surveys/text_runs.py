"""The runs of a text in a workbook's XML, as far as they look different from each other."""

from __future__ import annotations

from surveys.struck_text import NOTE_PLACES, Look, Run


class TextRuns:
    """The runs of one text after the other."""

    def __init__(self) -> None:
        self._runs: list[Run] | None = None
        self._pieces: list[str] | None = None
        self._look: Look = "as_cell"

    def start(self) -> None:
        """Begin a text."""
        self._runs = []

    def end(self) -> list[Run]:
        """Return the runs of a text; none where all look as the cell does, or plain."""
        runs, self._runs = self._runs or [], None
        looks = {look for _, look in runs}
        return runs if looks & {"struck", "raised"} or looks == {"", "as_cell"} else []

    def start_run(self, _: dict[str, str]) -> None:
        """Begin a run; one without properties looks as its cell does."""
        if self._runs is not None:
            self._pieces, self._look = [], "as_cell"

    def end_run(self) -> None:
        """Keep a run with its look."""
        if self._runs is not None and self._pieces is not None:
            self._runs.append(("".join(self._pieces), self._look))
        self._pieces = None

    def start_properties(self, _: dict[str, str]) -> None:
        """Begin the properties of a run, which are all that count for it."""
        self._look = ""

    def strike(self, attributes: dict[str, str]) -> None:
        """Note a line through the run."""
        if attributes.get("val", "1") not in ("0", "false"):
            self._look = "struck"

    def align(self, attributes: dict[str, str]) -> None:
        """Note that the run is raised."""
        if attributes.get("val") in NOTE_PLACES and self._look != "struck":
            self._look = "raised"

    def pieces(self) -> list[str] | None:
        """Return where the letters of the run are collected; none outside a run."""
        return self._pieces
