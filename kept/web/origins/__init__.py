"""Why each thing on a record is held, and where it came from."""
