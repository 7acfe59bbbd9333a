"""Every table of the record, from its rooms."""

from kept.record.assessments.models import (
    Birth,
    BloodSpot,
    Feeding,
    HearingScreening,
    PhysicalExamination,
    Vaccination,
)
from kept.record.caseloads.models import CaseloadPlace
from kept.record.circumstances.models import Circumstance, CircumstanceReview, NeedMet
from kept.record.contacts.models import Contact, Note
from kept.record.episodes.models import Episode, NamedProfessional
from kept.record.families.models import HouseholdMember, ParentalResponsibility, Relationship
from kept.record.growth.models import Measurement
from kept.record.looked.models import LookCheck, LookedLine, LookedView
from kept.record.merges.models import SamePerson
from kept.record.notices_given.models import Letter, NoticeGiven
from kept.record.people.models import (
    Address,
    DateOfBirth,
    Death,
    Email,
    Gender,
    GpPractice,
    Name,
    NhsNumber,
    NumberToCheck,
    Person,
    Phone,
    Restriction,
    Sex,
)
from kept.record.search.models import SearchKey

__all__ = [
    "Address",
    "Birth",
    "BloodSpot",
    "CaseloadPlace",
    "Circumstance",
    "CircumstanceReview",
    "Contact",
    "DateOfBirth",
    "Death",
    "Email",
    "Episode",
    "Feeding",
    "Gender",
    "GpPractice",
    "HearingScreening",
    "HouseholdMember",
    "Letter",
    "LookCheck",
    "LookedLine",
    "LookedView",
    "Measurement",
    "Name",
    "NamedProfessional",
    "NeedMet",
    "NhsNumber",
    "Note",
    "NoticeGiven",
    "NumberToCheck",
    "ParentalResponsibility",
    "Person",
    "Phone",
    "PhysicalExamination",
    "Relationship",
    "Restriction",
    "SamePerson",
    "SearchKey",
    "Sex",
    "Vaccination",
]
