"""The same words always have the same hash, and other words another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kept.notices.loading import hash_of, load
from tests.notices.tiny import NOTICE, changed, texts, toy_library


def test_a_definition_loaded_again_from_its_own_texts_has_the_same_hash() -> None:
    first = toy_library()
    assert load(first.texts, service="toy-library").hash == first.hash


def test_the_notice_of_another_service_is_no_part_of_the_hash() -> None:
    other = changed(NOTICE, "service: toy-library", "service: book-library")[NOTICE]
    more = texts() | {"services/book_library.yaml": other}
    assert load(more, service="toy-library").hash == toy_library().hash
    assert set(load(more, service="toy-library").texts) == set(texts())


def test_one_changed_letter_changes_the_hash() -> None:
    mended = changed(NOTICE, "Toys help children grow.", "Toys help children  grow.")
    assert load(mended, service="toy-library").hash != toy_library().hash


@given(st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3), st.data())
def test_no_two_sets_of_texts_share_a_hash_by_moving_words_between_files(
    one: dict[str, str], data: st.DataObject
) -> None:
    other = data.draw(st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3))
    assert (hash_of(one) == hash_of(other)) == (one == other)
