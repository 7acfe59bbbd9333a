"""Whom to call in an emergency: of one service, and for that purpose alone."""
