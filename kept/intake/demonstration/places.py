"""Addresses in Kent where nobody lives: real towns, invented streets, postcodes that cannot exist."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from kept.standards.postcodes import NEVER_LAST


@dataclass(frozen=True, slots=True)
class Home:
    line: str
    town: str
    district: str
    postcode: str


# District, town and postal district. Medway is an authority of its own and is not here.
_TOWNS = (
    ("Ashford", "Ashford", "TN23"),
    ("Ashford", "Ashford", "TN24"),
    ("Ashford", "Tenterden", "TN30"),
    ("Canterbury", "Canterbury", "CT1"),
    ("Canterbury", "Canterbury", "CT2"),
    ("Canterbury", "Whitstable", "CT5"),
    ("Canterbury", "Herne Bay", "CT6"),
    ("Dartford", "Dartford", "DA1"),
    ("Dartford", "Swanscombe", "DA10"),
    ("Dover", "Deal", "CT14"),
    ("Dover", "Dover", "CT16"),
    ("Dover", "Dover", "CT17"),
    ("Folkestone and Hythe", "Folkestone", "CT19"),
    ("Folkestone and Hythe", "Folkestone", "CT20"),
    ("Folkestone and Hythe", "New Romney", "TN28"),
    ("Gravesham", "Gravesend", "DA11"),
    ("Gravesham", "Gravesend", "DA12"),
    ("Maidstone", "Maidstone", "ME14"),
    ("Maidstone", "Maidstone", "ME15"),
    ("Maidstone", "Maidstone", "ME16"),
    ("Sevenoaks", "Sevenoaks", "TN13"),
    ("Sevenoaks", "Swanley", "BR8"),
    ("Swale", "Sittingbourne", "ME10"),
    ("Swale", "Sheerness", "ME12"),
    ("Swale", "Faversham", "ME13"),
    ("Thanet", "Margate", "CT9"),
    ("Thanet", "Broadstairs", "CT10"),
    ("Thanet", "Ramsgate", "CT11"),
    ("Tonbridge and Malling", "Tonbridge", "TN9"),
    ("Tonbridge and Malling", "Snodland", "ME6"),
    ("Tonbridge and Malling", "West Malling", "ME19"),
    ("Tunbridge Wells", "Tunbridge Wells", "TN1"),
    ("Tunbridge Wells", "Tunbridge Wells", "TN2"),
    ("Tunbridge Wells", "Tunbridge Wells", "TN4"),
)
_FIRST = (
    "Quill",
    "Hopbine",
    "Saltmarrow",
    "Merrow",
    "Wrenlow",
    "Oastfold",
    "Chalkwing",
    "Larkhythe",
    "Gorsewell",
)
_SECOND = ("water", "combe", "hollow", "stile", "bourne", "thorn", "hatch")
_WAY = ("Street", "Road", "Lane", "Close", "Way", "Gardens", "Terrace")

POSTAL_DISTRICTS = tuple(postal_district for _, _, postal_district in _TOWNS)


def home(chance: Random) -> Home:
    """An address of the right shape that is nobody's."""
    district, town, area = chance.choice(_TOWNS)
    street = f"{chance.choice(_FIRST)}{chance.choice(_SECOND)} {chance.choice(_WAY)}"
    flat = f"Flat {chance.randint(1, 24)}, " if chance.random() < 0.2 else ""
    ending = f"{chance.randint(0, 9)}{chance.choice(NEVER_LAST)}{chance.choice(NEVER_LAST)}"
    return Home(f"{flat}{chance.randint(1, 180)} {street}", town, district, f"{area} {ending}")
