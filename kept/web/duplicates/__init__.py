"""Who may be recorded twice: two records beside each other, and whether they are of one person."""
