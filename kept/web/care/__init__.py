"""Who looks after a child: the team, the one who is named, and when care began and ended."""
