"""What staff write by hand about an area: issues, plans, notes; beside the generations."""
