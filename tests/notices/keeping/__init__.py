"""How long we keep it.

Every item has a last day, worked out from a rule of the record document. Without a rule it may not be held.
"""
