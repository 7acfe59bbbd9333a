"""What a new version would have decided.

What was asked under one version is put again to another: what it would have refused, opened, or opened for a reason.
"""
