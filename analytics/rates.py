"""Intervals of rates, and what they say beside a benchmark."""

from __future__ import annotations

from analytics.statistics.benchmark import compare_with_benchmark
from data.derive.intervals import byar_interval, poisson_interval, wilson_interval

__all__ = ["byar_interval", "compare_with_benchmark", "poisson_interval", "wilson_interval"]
