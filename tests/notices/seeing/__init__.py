"""Who may see what.

A role sees an item only where a clause says that it needs it: for that purpose, about that person of the family,
and as the asker stands to them. Everything else is withheld, each item under a clause.
"""
