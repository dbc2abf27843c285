"""Queries over a generation, statistics, and the sentences that state them."""
