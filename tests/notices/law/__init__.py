"""The law beside the promise.

Confirmed law may open what no notice lists, and may forbid what a notice promises. Law that is not confirmed opens
nothing, save as the legal basis of a purpose.
"""
