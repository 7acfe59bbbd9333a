"""Why the program does what it does.

Each published statement is answered for: the clauses that carry it out, what the program does because of them, and
the tests that prove it.
"""
