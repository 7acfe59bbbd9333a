"""Whom the service is for.

An episode of care opens for a child of the right age who lives in the right place. Who may live elsewhere is for a
person to decide about: no baby is turned away by a program.
"""
