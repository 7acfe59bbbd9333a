"""How a definition is read.

Either all of it is right, or every error is said at once: file, line, what is wrong, and the nearest right word.
"""
