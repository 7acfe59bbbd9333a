"""A child's family: the map of it, who is written down, and how each belongs to the child."""
