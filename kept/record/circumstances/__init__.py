"""What people told us about themselves and their lives, by item, each with its source and its day."""
