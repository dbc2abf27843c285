"""What the visits of a browser cost, as figures with their budgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import BUDGETS, Figure, figure
from bench.subjects import Scope

Sample = dict[str, float]


@dataclass(frozen=True)
class Watched:
    """What one visit fetched: empty browser cache, a change, the page again."""

    view: Sample
    changed_key: str
    change: Sample
    revisit: Sample


TIMES = {"first_chart": "ms", "after_frame": "ms", "ready": "ms", "longest_task": "ms"}
MEASURES = {
    "view": TIMES
    | {
        "http": "KB",
        "http_static": "KB",
        "http_polygons": "KB",
        "websocket": "KB",
        "websocket_unpacked": "KB",
    },
    "change": TIMES
    | {
        "http": "KB",
        "http_static": "KB",
        "websocket": "KB",
        "websocket_unpacked": "KB",
        "bytes": "KB",
    },
    "revisit": TIMES | {"http": "KB", "websocket": "KB"},
}


WITHOUT_CHART = {"view": ("view", "chartless"), "revisit": ("revisit", "chartless")}


def figures_of(section: str, name: str, scope: Scope, samples: list[Sample]) -> list[Figure]:
    """Return a figure for each measure that the samples hold."""
    found = []
    has_chart = any("first_chart" in sample for sample in samples)
    for measure, unit in MEASURES[section].items():
        values = [sample[measure] for sample in samples if measure in sample]
        if not values:
            continue
        budget = (section, measure) if (section, measure) in BUDGETS else None
        if measure == "ready" and section in WITHOUT_CHART and not has_chart:
            budget = WITHOUT_CHART[section]
        if measure == "bytes" and scope.key != "nation":
            budget = None  # laid down for a nationwide change
        found.append(
            figure(section, name, measure, values, unit=unit, scope=scope.key, budget=budget)
        )
    return found


def visit_figures(
    name: str, scope: Scope, counted: Watched, timed: Sequence[tuple[Sample, Sample]]
) -> list[Figure]:
    """Return the bytes of the visit that was watched, and the times of those that were not."""
    label = f"{name} ({counted.changed_key.removeprefix('choice_')})"
    return [
        *figures_of("view", name, scope, [counted.view, *(first for first, _ in timed)]),
        *figures_of("change", label, scope, [counted.change] if counted.changed_key else []),
        *figures_of("revisit", name, scope, [counted.revisit, *(again for _, again in timed)]),
    ]
