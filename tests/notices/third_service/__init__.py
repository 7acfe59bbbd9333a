"""A third service, added as a file.

Nothing in the program knows of the toy library. Its notice collects, sees, tells and refuses by its own clauses.
"""
