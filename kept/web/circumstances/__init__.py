"""Recording what somebody told us about a person of the family, and showing it on the record."""
