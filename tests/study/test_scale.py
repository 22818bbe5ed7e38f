"""A scale in study.toml is whole, or says what is wrong with it."""

import pytest
from pydantic import ValidationError

from wbkit.errors import StudyError
from wbkit.study.scale import Scale

GOOD = {"name": "wb", "variant": "v1", "items": ["a", "b", "c"]}
BANDS = [{"name": "low", "below": 2}, {"name": "high"}]


def made(**fields):
    return Scale.model_validate(GOOD | fields)


def test_a_scale_without_variant_is_refused():
    with pytest.raises(StudyError, match=r"^Scale, variant: is missing\. Add it\.$"):
        Scale(name="wb", items=("a",))
    with pytest.raises(ValidationError, match="variant is empty. Name which form"):
        made(variant=" ")


@pytest.mark.parametrize(("fields", "words"), [
    ({"items": []}, "items is missing. List the ids"),
    ({"items": ["a", "a"]}, "items holds 'a' twice. Keep each item once"),
    ({"reversed": ["d"]}, "reversed names 'd', which the scale does not hold. Its items are 'a'"),
    ({"minimum_answered": 4}, "minimum_answered is 4, and the scale has 3 items"),
    ({"minimum_answered": 0}, "minimum_answered is 0, and the scale has 3 items"),
    ({"range": [5, 1]}, "range runs from 5 to 1. Give the lowest points first"),
    ({"instrument": "who5", "reversed": ["a"], "range": [0, 5]},
     "reversed and range follows from instrument and variant. Remove it"),
    ({"keys": {"who5_1": "a"}}, "keys is for a scale with an instrument. Write items instead"),
    ({"instrument": "who5", "keys": {"who5_1": "d"}}, "keys names 'd', which the scale does not"),
    ({"validated": True}, "validated = true needs source: where the research stands"),
    ({"bands": BANDS}, "bands are for a validated scale, and validated is false. Remove bands"),
])
def test_what_contradicts_itself_is_named(fields, words):
    with pytest.raises(ValidationError, match=words):
        made(**fields)


@pytest.mark.parametrize("bands", [
    [{"name": "low", "below": 2}],  # the last has an end
    [{"name": "low"}, {"name": "high"}],  # two without an end
    [{"name": "high", "below": 4}, {"name": "low", "below": 2}, {"name": "rest"}],
    [{"name": "low", "below": 2, "up_to": 2}, {"name": "high"}],
])
def test_bands_that_do_not_follow_one_another_are_refused(bands):
    with pytest.raises(ValidationError, match="bands must follow one another from low to high"):
        made(validated=True, source="Jansen (2020)", bands=bands)


def test_the_items_of_an_instrument_follow_from_its_keys():
    scale = Scale(name="wb", variant="cbs", instrument="mhi5",
                  keys={"positive_1": "q3", "negative_1": "q1"})
    assert scale.items == ("q3", "q1")
