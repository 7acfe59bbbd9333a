"""Whom to call in an emergency, under that purpose."""
