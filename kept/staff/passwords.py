"""How a password is kept: Argon2id, at a cost that a small server can bear many times a minute."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: the first choice of OWASP's Password Storage Cheat Sheet.

    Django's own figures take 100 MiB a try, which sixteen people signing in at once would feel.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
