"""Who is asking: accounts, what they are members of, teams, sessions, second factors, and named processes."""
