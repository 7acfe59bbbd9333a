"""The notice for people.

Every format is made from the same clauses, and carries the service, the date and the version.
"""
