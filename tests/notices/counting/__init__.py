"""What we count.

Figures may leave with personal details removed, for a purpose that a `count` clause names, and none so small that
it could point at somebody.
"""
