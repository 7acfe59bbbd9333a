"""Opening a record because a life is at risk, and checking afterwards that it was right."""
