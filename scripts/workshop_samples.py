"""Make the workshop's files in docs/samples: scenes for a hall, and the sheets of two groups.

python -m scripts.workshop_samples STORE     (a store with the demo)
"""

from __future__ import annotations

import sys
from os import environ
from pathlib import Path

from exports.group_slides import to_group_pptx
from exports.group_workbook import to_group_xlsx
from exports.offline_bundle import to_bundle
from ui.group_facts import sheet_of_area
from ui.map_urls import content_at
from ui.planning_sheet import suggested
from ui.scene_rendering import render
from ui.workshop_sheets import blank_sheet, sheet_of_group
from workshop.groups import Group
from workshop.scene_sets import ready_sets
from workshop.scenes import placed
from workshop.sheet_fields import text_fields
from workshop.sheets import Sheet

SAMPLES = Path(__file__).resolve().parent.parent / "docs" / "samples"
MUNICIPALITY, PREFECTURE = "84201", "84"


def workshop_samples(store: Path, samples: Path) -> None:
    """Write the files into a folder, from the demo in a store."""
    environ["STORE"] = str(store)
    ready = placed(ready_sets()["population_to_resources"], own=MUNICIPALITY, prefecture=PREFECTURE)
    bundle = to_bundle(render(ready.scenes), title=ready.title, geometry=content_at)
    (samples / "workshop_scenes.html").write_bytes(bundle)
    sheets = [sheet_of_group(_group_of_the_lecture()), blank_sheet(MUNICIPALITY)]
    (samples / "workshop_groups.pptx").write_bytes(to_group_pptx(sheets))
    (samples / "workshop_groups.xlsx").write_bytes(to_group_xlsx(sheets))


def _group_of_the_lecture() -> Sheet:
    """Return a sheet that holds the examples of the lecture's logic model of the training (カ)."""
    group = Group("sample", "1班（資料の例）", MUNICIPALITY, pen_holder="", version=1)
    found = sheet_of_area(MUNICIPALITY)
    return Sheet(
        group=group,
        texts={key: field.example for key, field in text_fields().items() if field.example},
        picked=suggested(found[1]) if found else (),
        targets={},
        board={},
    )


if __name__ == "__main__":
    workshop_samples(Path(sys.argv[1]), SAMPLES)
