"""What we hold about a family: people, how they belong together, who looks after them, and what was done."""
