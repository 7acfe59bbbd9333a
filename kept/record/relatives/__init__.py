"""Who else matters to a child: relatives, other children in the home, and how each belongs to the child."""
