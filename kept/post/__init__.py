"""How what we send leaves the house: delivery alone. What it says, to whom and why is decided above."""
