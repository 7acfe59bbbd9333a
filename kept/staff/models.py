"""Who may ask: accounts and their memberships, teams, sessions, and programs that ask by themselves.

None of these rows is about a family; they are protected by grants. There is no super-user and no flag that
makes one: what an account may do is what its membership's role may do under a published definition.
"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

CURRENT = models.Q(until_on__isnull=True)
IN_ORDER = models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on"))


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, *, name: str) -> "Account":
        """An active account that is a member of nothing yet, and so may do nothing."""
        account = self.model(email=email.strip().lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A member of staff who can sign in. The email address, in lower case, is what they sign in with."""

    email = models.TextField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)

    objects = AccountManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "staff_account"
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """The role an account holds, in which service, for which organisation. It ends; it is never rewritten.

    `caseload` says whether the role may be put on a team, as the register of roles had it on the day.
    """

    account = models.ForeignKey(Account, models.PROTECT)
    role = models.TextField()
    service = models.TextField()
    organisation = models.TextField()
    caseload = models.BooleanField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # exclusive

    class Meta:
        db_table = "staff_membership"
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=CURRENT, name="one_membership_at_a_time"),
            models.CheckConstraint(condition=IN_ORDER, name="membership_ends_after_it_begins"),
        ]


class Team(models.Model):
    """A team of a service, and the postcode districts it looks after (such as 'CT1')."""

    service = models.TextField()
    name = models.TextField()
    postcode_districts = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "staff_team"
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="team_names_differ")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """That an account is on a team, from one day until (and not on) another."""

    account = models.ForeignKey(Account, models.PROTECT)
    team = models.ForeignKey(Team, models.PROTECT)
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # exclusive

    class Meta:
        db_table = "staff_team_member"
        constraints = [
            models.UniqueConstraint(fields=["account", "team"], condition=CURRENT, name="on_a_team_once"),
            models.CheckConstraint(condition=IN_ORDER, name="team_member_leaves_after_joining"),
        ]


class Registration(models.Model):
    """That a member of staff is registered with a professional body: its national code, and the number there."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    body = models.TextField()
    number = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "staff_registration"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "body"], condition=CURRENT, name="registered_once_with_a_body"
            ),
            models.UniqueConstraint(
                fields=["body", "number"], condition=CURRENT, name="one_professional_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(number__regex=r"^[A-Z0-9]{1,32}$"), name="number_as_in_a_register"
            ),
        ]


class Session(models.Model):
    """A browser that is signing in or has signed in. Only `kept.staff.sessions` reads and writes it.

    Only a hash of the cookie's key is kept: whoever reads this table cannot use what it holds.
    """

    session_key = models.CharField(max_length=64, primary_key=True)  # SHA-256, in hex
    session_data = models.TextField()  # encrypted
    expire_date = models.DateTimeField(db_index=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True)
    signed_in_at = models.DateTimeField(null=True)
    second_factor_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField()

    class Meta:
        db_table = "staff_session"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False, signed_in_at__isnull=False)
                | models.Q(account__isnull=True, signed_in_at__isnull=True, second_factor_at__isnull=True),
                name="somebody_signed_in",
            )
        ]


class SecondFactorTry(models.Model):
    """One code typed for an account and not yet followed by a right one."""

    account = models.ForeignKey(Account, models.CASCADE)
    tried_at = models.DateTimeField()

    class Meta:
        db_table = "staff_second_factor_try"


class Process(models.Model):
    """A program that asks by itself, under one role: intake, and later delivery, sealing and disposal.

    It shows a token from a file instead of a session; only the token's hash is kept.
    """

    name = models.TextField(unique=True)
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256, in hex
    role = models.TextField()
    service = models.TextField()
    organisation = models.TextField()

    class Meta:
        db_table = "staff_process"


class Change(models.Model):
    """One thing done to somebody's access: when, by whom, to which account or process. It stays written."""

    at = models.DateTimeField()
    by = models.TextField()
    act = models.TextField()  # the name of the action, such as 'end_membership'
    account = models.ForeignKey(Account, models.PROTECT, null=True)
    about = models.TextField()  # the role, team or process; never a secret

    class Meta:
        db_table = "staff_change"


class SignIn(models.Model):
    """One thing that happened in signing in or out, or to what opens an account. It stays written.

    What was typed is never kept: an address that no account has may be somebody's password in the wrong box.
    """

    at = models.DateTimeField()
    what = models.TextField()  # one of `kept.staff.noting`
    how = models.TextField(blank=True)  # password, totp, webauthn or recovery_codes
    account = models.ForeignKey(Account, models.PROTECT, null=True)  # none where no account has that address
    network_address = models.TextField(blank=True)  # where it came from, as lock-outs count it

    class Meta:
        db_table = "staff_sign_in"
        indexes = [models.Index(fields=["account", "at"], name="sign_ins_of_an_account")]
