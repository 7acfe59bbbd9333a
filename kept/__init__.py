"""Kept: the record that early-years services keep, run by the privacy notice the family was given."""
