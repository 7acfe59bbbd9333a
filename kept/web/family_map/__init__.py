"""A family drawn as a picture: laid out from plain values, with no script."""
