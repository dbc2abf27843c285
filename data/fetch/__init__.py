"""Official files from their publishers into the raw folder, by addresses that the plan names."""
