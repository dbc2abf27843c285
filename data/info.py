"""What a generation contains, in short."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.generations import open_generation
from data.verification import table_counts


def generation_info(generation: Path) -> dict[str, Any]:
    """Return dataset, generation, built_at, counts per table and the sources with their vintage."""
    counts = table_counts(generation)
    with open_generation(generation) as con:
        meta = dict(con.execute("select key, value from meta order by key").fetchall())
        sources = con.execute(
            "select source_id, title, publisher, licence, vintage, file_name, sha256"
            " from source order by source_id"
        ).df()
        outcomes = dict(
            con.execute("select outcome, count(*) from build_report group by all").fetchall()
        )
    return {
        **meta,
        "counts": counts,
        "files": outcomes,
        "sources": sources.astype(object).where(sources.notna(), None).to_dict("records"),
    }
