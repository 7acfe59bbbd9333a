"""What may be collected.

An item is written down only where a clause lists it: about that person, from that source, for that purpose; and
only by a role that needs it.
"""
