"""What a check finds.

Beyond the errors that stop a definition from loading: what the published notice left out or said wrongly, what
overtook it, what conflicts with the law, what has no legal basis, and clauses that change nothing.
"""
