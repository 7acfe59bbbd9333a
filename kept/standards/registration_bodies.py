"""The bodies that health and care professionals are registered with, and how an entry in a register is written down.

NHS Data Dictionary: PROFESSIONAL REGISTRATION BODY CODE, as the Community Services Data Set lists it.

How each body forms its numbers is unconfirmed and not checked; the dictionary says letters and digits, 32 at most.
"""

import re

BODIES = {
    "01": "General Chiropractic Council",
    "02": "General Dental Council",
    "03": "General Medical Council",
    "04": "General Optical Council",
    "05": "Social Care Wales",
    "08": "Health and Care Professions Council",
    "09": "Nursing and Midwifery Council",
    "16": "General Pharmaceutical Council",
    "17": "General Osteopathic Council",
    "18": "Social Work England",
}
ENTRY = re.compile(r"[A-Z0-9]{1,32}")


def tidy(number: str) -> str:
    """An entry in a register without spaces, in capitals. Raises ValueError where it can be none."""
    plain = "".join(number.split()).upper()
    if not ENTRY.fullmatch(plain):
        raise ValueError("A number in a register has letters and digits alone, 32 at most.")
    return plain
