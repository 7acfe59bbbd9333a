"""Two services never borrow each other's clauses, and what is written is what is read."""

from __future__ import annotations

from hypothesis import given, settings

from kept.notices.loading import load
from kept.notices.permits import permits_of
from tests.notices.generated import SERVICE, STEADY, Texts, Values, texts, values, written

FEW = settings(STEADY, max_examples=15)  # each of these writes files out and reads them back


@FEW
@given(texts(), texts())
def test_the_notice_beside_it_changes_nothing(one: Texts, other: Texts) -> None:
    beside = other[f"services/{SERVICE}.yaml"].replace(f"'{SERVICE}'", "'other-service'")
    alone = load(one, service=SERVICE)
    together = load(one | {"services/other.yaml": beside}, service=SERVICE)
    assert together.hash == alone.hash
    assert permits_of(together) == permits_of(alone)


@FEW
@given(values())
def test_a_definition_loaded_from_its_texts_is_the_same_to_its_hash_and_its_permits(
    definition: Values,
) -> None:
    first = load(written(definition), service=SERVICE)
    again = load(first.texts, service=SERVICE)
    assert again.hash == first.hash
    assert permits_of(again) == permits_of(first)
    assert again.clauses == first.clauses
