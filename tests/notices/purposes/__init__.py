"""What we do it for.

Every entry has one purpose of the notice's list, or one that the law gives. A purpose counts only with a legal
basis; special items need a condition of Article 9 beside it, and items about crime one of Article 10.
"""
