"""What people can ask.

A right is answered where the notice names it or the law gives it. For a child somebody with parental responsibility
asks; everyone else is for a person to decide about.
"""
