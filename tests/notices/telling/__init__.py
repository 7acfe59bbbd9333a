"""Whom we tell.

A recipient is told only what a clause lists for it, for the purposes that the clause names. Where the notice says so
the family is asked first. The answer is must, may, ask or must not, and a decision not to tell is recorded too.
"""
