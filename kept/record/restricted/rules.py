"""What is wrong with a restriction as somebody says it."""

from kept.record.restricted.values import LONGEST, WHAT, NewRestriction


def faults_of(new: NewRestriction) -> dict[str, str]:
    """What is wrong, by field, in sentences that say what to do; empty where nothing is."""
    faults = {}
    if new.what not in WHAT:
        faults["what"] = "Say what must stay hidden."
    if wrong := fault_of_reason(new.reason):
        faults["reason"] = wrong
    return faults


def fault_of_reason(reason: str) -> str:
    """What is wrong with a reason, or nothing."""
    if not reason.strip():
        return "Say why, for whoever reads it next."
    if len(reason) > LONGEST:
        return f"Say it in {LONGEST:,} characters or fewer."
    return ""
