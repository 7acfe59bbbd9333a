"""Django's connection to PostgreSQL, which finds out without asking whether the server is still there.

Django sends `SELECT 1` before a page uses a connection again: one wait more for every page. The server says by
itself when it lets go of a connection, and then there is something to read where nothing should be. The setting
ENGINE names this package; Django looks for the module `base` in it.
"""

import select
from typing import Any

from django.db.backends.postgresql import base

from kept.database.trouble import NOT_GIVEN, NotPrepared, not_given


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of Django's, with all that the one it comes from does."""

    def get_connection_params(self) -> dict[str, Any]:
        """Raises NotPrepared where this process was not given the address."""
        if setting := self.settings_dict["OPTIONS"].get(NOT_GIVEN):
            raise NotPrepared(not_given(setting))
        return super().get_connection_params()

    def is_usable(self) -> bool:
        """Whether the server still holds its end, as far as this machine has heard.

        A connection at rest has nothing to read. What a server sends then is that it stops; what a network sends
        is that the other end is gone.
        """
        if self.connection is None or self.connection.closed:
            return False
        heard = select.poll()
        heard.register(self.connection.fileno(), select.POLLIN)
        return not heard.poll(0)
