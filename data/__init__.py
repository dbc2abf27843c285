"""From the publishers' files to one immutable DuckDB generation."""
