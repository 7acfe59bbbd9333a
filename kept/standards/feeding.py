"""The national lists about how a baby feeds: BREASTFEEDING STATUS and BABY FIRST FEED BREAST MILK STATUS of the NHS
Data Model and Dictionary."""

STATUSES = {
    "01": "Breast milk only",
    "02": "Breast milk and other milk or food",
    "03": "No breast milk",
}
FIRST_FEEDS = {
    "01": "The mother’s own breast milk",
    "02": "Donated breast milk",
    "03": "Not breast milk",
}
