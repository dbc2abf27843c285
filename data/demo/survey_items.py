"""The eight programme items of a demo municipality: status, way, contractor, help and reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.people import SMALL_KINDS

NOT_APPLICABLE = "－"
ITEMS = ("a", "i", "u", "e", "o", "ka", "ki", "ku")
R3_ITEMS = ITEMS[:-1]
DIFFICULTY = {
    "a": -0.8,
    "i": -0.2,
    "u": 0.35,
    "e": 0.15,
    "o": 0.75,
    "ka": -0.35,
    "ki": -0.25,
    "ku": 0.6,
}
# reason: (weight in larger places, weight in small places); ◎ reasons weigh more in small ones
REASONS: dict[str, dict[str, tuple[float, float]]] = {
    "a": {"a1": (3, 2), "a2": (1, 4), "a3": (1, 4), "g2": (2, 2)},
    "i": {"i1": (3, 5), "i2": (1, 3), "i3": (1, 3), "i4": (1, 3), "i5": (2, 2)},
    "u": {"u1": (3, 4), "u2": (0.5, 5), "u3": (3, 1), "g1": (1, 1)},
    "e": {"e1": (0.5, 3), "e2": (1, 5), "e3": (1, 3), "g2": (1, 1)},
    "o": {"o1": (3, 3), "o2": (3, 2), "o3": (1, 5), "g2": (1, 1)},
    "ka": {"ka1": (2, 5), "ka2": (2, 2), "g2": (1, 1)},
    "ki": {"ki1": (1, 4), "ki2": (3, 2), "g1": (1, 1)},
    "ku": {"ku1": (3, 2), "ku2": (1, 4), "ku3": (1, 5), "ku4": (1, 0.5)},
}
MODE_WEIGHTS = {
    True: {"direct": 0.40, "full_contract": 0.12, "part_contract": 0.10, "joint": 0.38},
    False: {"direct": 0.42, "full_contract": 0.22, "part_contract": 0.28, "joint": 0.08},
}
CONTRACTORS = {"ishikai": 0.65, "hospital": 0.15, "other": 0.20}


@dataclass(frozen=True)
class ItemTraits:
    """What lasts for a municipality: ease with each item, years until it starts."""

    ease: dict[str, np.ndarray]
    mode_draw: dict[str, np.ndarray]
    delay: np.ndarray


def draw_item_traits(base: np.ndarray, rng: np.random.Generator) -> ItemTraits:
    """Draw the lasting traits of each municipality; the weaker start up to three years later."""
    count = len(base)
    late = np.round(0.5 - base + rng.normal(0.0, 0.4, count))
    return ItemTraits(
        ease={item: rng.normal(0.0, 0.45, count) for item in ITEMS},
        mode_draw={item: rng.random(count) for item in ITEMS},
        delay=np.clip(late, 0, 3).astype(int),
    )


def item_statuses(
    capacity: np.ndarray, traits: ItemTraits, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Return the status of each item by how far capacity passes its difficulty."""
    statuses = {}
    for item in ITEMS:
        margin = capacity + traits.ease[item] - DIFFICULTY[item]
        status = np.select(
            [margin > 0.0, margin > -0.55, margin > -1.1], ["done", "partial", "planned"], "none"
        )
        statuses[item] = np.where(rng.random(len(capacity)) < 0.006, "unknown", status)
    return statuses


def item_answers(
    statuses: dict[str, np.ndarray],
    kinds: pd.Series,
    helped: np.ndarray,
    framework: str,
    rng: np.random.Generator,
) -> dict[str, list[str]]:
    """Return the item questions of a framework; not applicable where the status says so."""
    small = kinds.isin(SMALL_KINDS).to_numpy()
    columns: dict[str, list[str]] = {}
    for item in ITEMS if framework == "h27r2" else R3_ITEMS:
        status = statuses[item]
        running = np.isin(status, ["done", "partial"])
        modes = _modes(small, running, rng)
        if framework == "h27r2":
            columns[f"item_{item}_status"] = status.tolist()
            asked = np.isin(status, ["none", "planned"])
            columns[f"item_{item}_reason"] = _reasons(item, asked, small, rng)
        columns[f"item_{item}_mode"] = modes
        columns[f"item_{item}_contractor"] = _contractors(modes, rng)
        given = rng.random(len(small)) < 0.25 + 0.5 * helped
        columns[f"item_{item}_pref_support"] = np.where(given, "1", "0").tolist()
    return columns


def _modes(small: np.ndarray, running: np.ndarray, rng: np.random.Generator) -> list[str]:
    drawn = {
        flag: rng.choice(list(weights), len(small), p=list(weights.values()))
        for flag, weights in MODE_WEIGHTS.items()
    }
    mode = np.where(small, drawn[True], drawn[False])
    return [str(m) if runs else NOT_APPLICABLE for m, runs in zip(mode, running, strict=True)]


def _contractors(modes: list[str], rng: np.random.Generator) -> list[str]:
    names = rng.choice(list(CONTRACTORS), (len(modes), 2), p=list(CONTRACTORS.values()))
    return [
        ";".join(dict.fromkeys(pair)) if mode.endswith("contract") else NOT_APPLICABLE
        for mode, pair in zip(modes, names.tolist(), strict=True)
    ]


def pick_several(weights: dict[str, np.ndarray], most: int, rng: np.random.Generator) -> list[str]:
    """Return for each row one to `most` distinct codes, likelier by weight, joined by ';'."""
    table = np.column_stack(list(weights.values())).astype(float)
    keys = rng.exponential(1.0, table.shape) / table
    numbers = rng.integers(1, most + 1, len(table))
    chosen = keys.argsort(axis=1).argsort(axis=1) < numbers[:, None]
    return [
        ";".join(code for code, flag in zip(weights, row, strict=True) if flag)
        for row in chosen.tolist()
    ]


def _reasons(
    item: str, asked: np.ndarray, small: np.ndarray, rng: np.random.Generator
) -> list[str]:
    weights = {
        code: np.where(small, in_small, in_larger)
        for code, (in_larger, in_small) in REASONS[item].items()
    }
    named = pick_several(weights, 2, rng)
    return [codes if ask else NOT_APPLICABLE for codes, ask in zip(named, asked, strict=True)]
