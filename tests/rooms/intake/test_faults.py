"""Reasons: each is a sentence that says what to do, and none can carry what a message says."""

import pytest

from kept.intake.faults import Fault, Reason, in_order


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_told_in_whole_sentences_that_are_short(reason: Reason) -> None:
    sentences = reason.words.removesuffix(".").split(". ")
    assert reason.words.endswith(".")
    assert len(sentences) >= 2, "What is wrong, then what to do."
    assert all(sentence[0].isupper() and len(sentence.split()) <= 26 for sentence in sentences)


def test_no_two_reasons_are_told_alike() -> None:
    assert len({reason.words for reason in Reason}) == len(Reason)


def test_faults_stand_once_each_in_the_order_of_the_list() -> None:
    late, no_id = Fault(Reason.LATE), Fault(Reason.NO_ID)
    names = [Fault(Reason.NAME_MISSING, about) for about in ("contact 2", "child", "contact 1")]
    child, first, second = names[1], names[2], names[0]
    assert in_order([late, *names, no_id, late]) == (no_id, child, first, second, late)
