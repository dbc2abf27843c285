"""Accepted uploads inside a generation: applied, undone, carried into the next build, looked up."""
