"""Geometry only: boundaries, simplification, adjacency, distance, class breaks."""
