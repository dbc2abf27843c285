"""Statistics as pure functions: arrays and frames in, values with their limits out."""
