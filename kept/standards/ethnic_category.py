"""The national list of ethnic categories: sixteen, and that somebody was asked and chose not to say.

ETHNIC CATEGORY of the NHS Data Model and Dictionary, as the Community Services Data Set (DAPB1069) sends it. The
categories of the 2021 census are in a pilot and are not to be sent.
"""

NOT_STATED = "Z"
CATEGORIES = {
    "A": "White: British",
    "B": "White: Irish",
    "C": "White: any other background",
    "D": "Mixed: White and Black Caribbean",
    "E": "Mixed: White and Black African",
    "F": "Mixed: White and Asian",
    "G": "Mixed: any other background",
    "H": "Asian or Asian British: Indian",
    "J": "Asian or Asian British: Pakistani",
    "K": "Asian or Asian British: Bangladeshi",
    "L": "Asian or Asian British: any other background",
    "M": "Black or Black British: Caribbean",
    "N": "Black or Black British: African",
    "P": "Black or Black British: any other background",
    "R": "Chinese",
    "S": "Any other ethnic group",
    NOT_STATED: "Asked, and chose not to say",
}
