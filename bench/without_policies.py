"""The program's settings, with the application's connection as a role that passes row-level security.

The role exists on the bench's own server alone: it is how the same pages are measured without the second lock's
policies. The entry is still opened, and everything else is the same.
"""

from bench.place import BYPASSING
from kept.config.settings import *  # noqa: F403
from kept.config.settings import DATABASES

DATABASES["default"]["USER"] = BYPASSING
