"""Where each thing on a record comes from: who told it, who wrote it down, and what it is held under."""
