"""The workflow ids under which MESH delivers child-health events.

They stand as a published note of March 2020 has them, with its spelling; no newer list was found, so a message
under another id is kept and waits for a person, and is never thrown away.
"""

WORKFLOWS = frozenset(
    {
        "BIRTHNOTIFICATION_1",
        "BLOODSPOTTESTOUTCOME_1",
        "CHANGEOFADDRESS_1",
        "CHANGEOFGP_1",
        "DEATHNOTIFICATION_1",
        "NEWBORNHEARING_1",
        "NIPEOUTCOME_1",
        "PROFESSIONACONTACTS_1",
        "VACCINATIONS_1",
    }
)
