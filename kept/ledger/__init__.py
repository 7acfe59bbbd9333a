"""What we did. Opening an entry is the only way to a person's row: the database lets no row past without one."""
