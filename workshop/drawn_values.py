"""The values that a figure draws, with the names it prints: bars, lines over years, maps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from charts.player import SHOWN_YEAR
from charts.ranking import OWN_MARK

Spec = Mapping[str, Any]
Kind = Literal["area", "item", "year"]
_NAMED = ("nominal", "ordinal")
_PRINTED = re.compile(r"format\(datum\.\w+, ',\.(\d)f'\)(?: \+ '([^']*)')?")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_YEAR = re.compile(r"datum\['y' \+ (\w+)\]")
_CHILDREN = ("layer", "hconcat", "vconcat", "concat")


@dataclass(frozen=True)
class DrawnValues:
    """One measure as a figure shows it: a value for each name, rounded as it is printed."""

    title: str
    kind: Kind
    values: tuple[tuple[str, float], ...]


def drawn_values(spec: Spec, *, names: Mapping[str, str]) -> tuple[DrawnValues, ...]:
    """Return what a figure draws, nothing of what it leaves blank; `names` are those of codes."""
    mapped = _map_values(spec, names)
    found = [mapped] if mapped else [*_encoded(spec, rows=(), encoding={})]
    alike = {(each.title, each.kind): each for each in reversed(found) if len(each.values) > 1}
    return tuple(reversed(alike.values()))


def _map_values(spec: Spec, names: Mapping[str, str]) -> DrawnValues | None:
    steps = [step for step in spec.get("transform", ()) if isinstance(step, Mapping)]
    table = next((rows for step in steps if (rows := _looked_up(step))), None)
    said = {step["as"]: str(step["calculate"]) for step in steps if "calculate" in step}
    year = _year_of(spec, said.get("value", ""))
    column = f"y{year}" if year else "v"
    if table is None or column not in table[0]:
        return None
    decimals, unit = _printed(said.get("text", ""))
    values = [
        (names[row["a"]], round(float(row[column]), decimals))
        for row in table
        if row[column] and row["a"] in names
    ]
    title = f"{_tooltip_title(spec)}（{unit}）" if unit else _tooltip_title(spec)
    return DrawnValues(f"{year}年の{title}" if year else title, "area", tuple(values))


def _looked_up(step: Spec) -> list[dict[str, str]] | None:
    """Return the rows of CSV by which a map finds the values of its areas."""
    if step.get("lookup") != "area_code":
        return None
    text = step["from"]["data"].get("values")
    return list(DictReader(text.splitlines())) or None if isinstance(text, str) else None


def _year_of(spec: Spec, calculated: str) -> int | None:
    """Return the year that a map shows first, where it has several."""
    found = _YEAR.search(calculated)
    if not found:
        return None
    if found[1].isdigit():
        return int(found[1])
    signals = spec.get("config", {}).get("signals", ())
    return next((int(each["value"]) for each in signals if each["name"] == SHOWN_YEAR), None)


def _printed(calculated: str) -> tuple[int, str]:
    found = _PRINTED.search(calculated)
    return (int(found[1]), found[2] or "") if found else (6, "")


def _tooltip_title(spec: Spec) -> str:
    for layer in spec.get("layer", ()):
        tooltip = layer.get("encoding", {}).get("tooltip")
        if isinstance(tooltip, Sequence) and len(tooltip) > 1:
            return str(tooltip[1].get("title", ""))
    return ""


def _encoded(spec: Spec, *, rows: Sequence[Spec], encoding: Spec) -> Iterator[DrawnValues]:
    """Read every layer with the rows and the encoding that it has from around it."""
    own = spec.get("data", {}).get("values")
    rows = own if isinstance(own, Sequence) and not isinstance(own, str) else rows
    encoding = {**encoding, **spec.get("encoding", {})}
    if "mark" in spec:
        found = _bars(rows, encoding) or _lines(rows, encoding)
        if found:
            yield found
    for kind in _CHILDREN:
        for child in spec.get(kind, ()):
            yield from _encoded(child, rows=rows, encoding=encoding)


def _bars(rows: Sequence[Spec], encoding: Spec) -> DrawnValues | None:
    """Read one value for each name, where a name has not several."""
    for name_axis, value_axis in (("y", "x"), ("x", "y")):
        name, value = encoding.get(name_axis, {}), encoding.get(value_axis, {})
        title = _axis_title(value)
        if name.get("type") not in _NAMED or value.get("type") != "quantitative" or not title:
            continue
        pairs = [
            (str(row[name["field"]]).removeprefix(OWN_MARK).strip(), _as_printed(row, value))
            for row in rows
            if _is_number(row.get(value.get("field"))) and row.get(name.get("field"))
        ]
        if len({label for label, _ in pairs}) == len(pairs) and pairs:
            kind: Kind = "area" if "area_code" in rows[0] else "item"
            return DrawnValues(title, kind, tuple(pairs))
    return None


def _lines(rows: Sequence[Spec], encoding: Spec) -> DrawnValues | None:
    """Read a line over years: of one series its years, of several their values in the last year."""
    x, y, series = (encoding.get(channel, {}) for channel in ("x", "y", "color"))
    title = _axis_title(y)
    if not _axis_title(x).startswith("年") or y.get("type") != "quantitative" or not title:
        return None
    known = [row for row in rows if _is_number(row.get(y["field"])) and x["field"] in row]
    names = {str(row.get(series.get("field"))) for row in known}
    if not known:
        return None
    if len(names) == 1:
        years = tuple((f"{row[x['field']]}年", float(row[y["field"]])) for row in known)
        name = names.pop()
        return DrawnValues(f"{name}の{title}" if series.get("field") else title, "year", years)
    last = max(row[x["field"]] for row in known)
    values = tuple(
        (str(row[series["field"]]), float(row[y["field"]]))
        for row in known
        if row[x["field"]] == last
    )
    return DrawnValues(f"{last}年の{title}", "item", values)


def _axis_title(channel: Spec) -> str:
    title = channel.get("title") or (channel.get("axis") or {}).get("title")
    return title if isinstance(title, str) else ""


def _as_printed(row: Spec, channel: Spec) -> float:
    """Return the number that the figure prints beside the bar, else the one that it draws."""
    printed = str(row.get("printed", "")).replace(",", "")
    return float(printed if _PLAIN.fullmatch(printed) else row[channel["field"]])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
