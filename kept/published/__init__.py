"""What we promised, as it is in force: published definitions and the permits they were flattened to."""
