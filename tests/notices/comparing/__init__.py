"""What changes from one version to the next.

What counts is what the program would do. Where it would do more, those who were given the old version must be told.
"""
