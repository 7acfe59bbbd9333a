"""Opening a record because a life is at risk ("break-glass"): at once, for a reason, for a short while, and checked."""
