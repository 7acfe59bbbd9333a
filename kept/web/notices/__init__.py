"""The notices as everybody can read them: no sign-in, every version, every format."""
