"""What is only proposed.

A clause that no published statement asks for is a proposal. It widens nothing until two people have adopted it, and
nothing before the day on which they did.
"""
