"""The server, its roles and addresses. It knows nothing of Kept's tables."""

from kept.database.acting import acting_as, here

__all__ = ["acting_as", "here"]
