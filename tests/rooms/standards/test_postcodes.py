"""Postcodes and the codes of organisations, by their shape."""

import pytest

from kept.standards import ods, postcodes


@pytest.mark.parametrize("written", ["ME14 1XX", "me141xx", " ME1 41XX ", "ME14  1XX"])
def test_a_postcode_is_printed_in_one_way(written: str) -> None:
    assert postcodes.tidy(written) == "ME14 1XX"
    assert postcodes.district(written) == "ME14"


@pytest.mark.parametrize(
    ("postcode", "district"),
    [("M1 1AE", "M1"), ("CT10 9KK", "CT10"), ("EC1A 1BB", "EC1A"), ("W1A 0AX", "W1A"), ("BR8 0VV", "BR8")],
)
def test_the_district_is_the_first_half(postcode: str, district: str) -> None:
    assert postcodes.district(postcode) == district


@pytest.mark.parametrize("written", ["", "Kent", "ME14", "ME14 XXX", "１２３", "ME14 1XX and more"])
def test_what_is_no_postcode_stays_as_it_is_and_has_no_district(written: str) -> None:
    assert postcodes.tidy(f" {written} ") == written
    assert postcodes.district(written) == ""


@pytest.mark.parametrize(
    ("written", "code"), [("rx3ep", "RX3EP"), (" A83627001 ", "A83627001"), ("DEMO1", "DEMO1")]
)
def test_a_code_of_an_organisation_is_in_capitals(written: str, code: str) -> None:
    assert ods.parse(written) == code


@pytest.mark.parametrize("written", ["", "RX", "300000000161000", "RX 3EP", "urn:nhs:1", "ÄB3"])
def test_what_has_another_shape_is_no_code(written: str) -> None:
    assert ods.parse(written) == ""
