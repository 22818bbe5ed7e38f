"""Published instruments: facts by item name and variant, never by position."""

import itertools
import re
from pathlib import Path

import pytest
from builders.scales import NUMBER, scaled

import wbkit as wb
from wbkit.survey.scales.instruments import Instrument, instrument_of, load_instruments

DOCS = Path(__file__).parents[3] / "docs" / "instruments.md"
MHI = {name: name for name in ("negative_1", "negative_2", "negative_3", "positive_1",
                               "positive_2")}
OFTEN = ["nooit", "zelden", "soms", "vaak", "meestal", "voortdurend"]
LONELY = {"ja": "yes", "min of meer": "more_or_less", "nee": "no"}
DJG = ["emotional_1", "emotional_2", "emotional_3", "social_1", "social_2", "social_3"]


def filled(instrument, variant, data, *, items=None, **scale):
    """Score units on an instrument; items are numeric unless they are given."""
    items = items or dict.fromkeys(data, NUMBER)
    scale = {"instrument": instrument, "variant": variant, "items": list(data), "range": None,
             **scale}
    return wb.score(scaled(data, items=items, scale=scale), "s").data["s"].tolist()


@pytest.mark.parametrize("name", load_instruments())
def test_the_range_is_that_of_the_lowest_and_highest_answers(name):
    known = load_instruments()[name]
    ends = (0, 1) if known.codes else known.points
    times = known.factor * (len(known.items) if known.method == "sum" else 1)
    assert known.range == (ends[0] * times, ends[1] * times)


@pytest.mark.parametrize("name", load_instruments())
def test_everyone_has_one_band_and_bands_name_their_source(name):
    known = load_instruments()[name]
    for variant in known.variants.values():
        assert bool(variant.bands) == bool(variant.bands_source)
        assert all(known.range[0] <= one.end < known.range[1] for one in variant.bands[:-1])
        assert sorted(variant.order) in ([], sorted(known.items))


def test_no_wording_of_items_but_that_of_cantril():
    texts = {name: one.texts for name, one in load_instruments().items() if one.texts}
    assert list(texts) == ["cantril"] and "ladder" in texts["cantril"]["cantril"]


def test_every_instrument_and_variant_stands_in_the_docs():
    text = DOCS.read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", text, re.MULTILINE))
    known = load_instruments()
    assert named == {(name, one) for name in known for one in known[name].variants}


def test_who5_is_the_sum_times_four():
    # Topp et al. (2015): 0 to 100; a raw score of 13 is 52.
    data = {f"who5_{n}": [0, 5, points] for n, points in zip(range(1, 6), (3, 3, 3, 2, 2),
                                                             strict=True)}
    assert filled("who5", "percentage", data) == [0, 100, 52]


@pytest.mark.parametrize(("variant", "positive"), [("cbs", (3, 5)), ("gezondheidsmonitor", (2, 4))])
def test_the_two_orders_of_mhi5_have_their_own_positive_items(variant, positive):
    # CBS: positive items 3 and 5; VZinfo: 2 and 4.
    order = load_instruments()["mhi5"].variants[variant].order
    assert tuple(n for n, name in enumerate(order, 1) if "positive" in name) == positive


def test_mhi5_runs_from_worst_to_best_in_every_order_of_columns():
    best = {name: "voortdurend" if "positive" in name else "nooit" for name in MHI}
    worst = {name: "nooit" if "positive" in name else "voortdurend" for name in MHI}
    answers = {word: points for points, word in enumerate(OFTEN)}
    for order in itertools.islice(itertools.permutations(MHI), 0, 120, 40):
        data = {name: [best[name], worst[name]] for name in order}
        items = {name: {"kind": "ordinal", "values": OFTEN} for name in order}
        assert filled("mhi5", "cbs", data, items=items, answers=answers) == [100, 0]


def test_the_cut_offs_of_mhi5_differ_at_60():
    # CBS: < 60 is unhealthy; the health monitors: <= 60 are complaints.
    ends = {name: (one.bands[0].below, one.bands[0].up_to)
            for name, one in load_instruments()["mhi5"].variants.items()}
    assert ends == {"cbs": (60, None), "gezondheidsmonitor": (None, 60)}


def test_the_neutral_answer_counts_as_lonely_on_both_parts():
    data = {name: ["min of meer", "ja", "nee"] for name in DJG}
    items = {name: {"kind": "nominal", "values": list(LONELY)} for name in DJG}
    assert filled("djg6", "cbs_2019", data, items=items, answers=LONELY) == [6, 3, 3]
    for part in ("emotional", "social"):
        some = {name: data[name] for name in DJG if part in name}
        kinds = {name: items[name] for name in some}
        expected = [3, 3, 0] if part == "emotional" else [3, 0, 3]
        assert filled(f"djg6_{part}", "cbs_2019", some, items=kinds, answers=LONELY) == expected


@pytest.mark.parametrize(("variant", "negative"), [
    ("order_a", [2, 5, 6, 8, 9]), ("order_b", [3, 5, 8, 9, 10])])
def test_the_two_orders_of_rosenberg(variant, negative):
    order = load_instruments()["rses"].variants[variant].order
    assert [n for n, name in enumerate(order, 1) if "negative" in name] == negative


def test_brs_turns_items_2_4_and_6():
    # Smith et al. (2008): 2, 4 and 6 reversed; fully resilient is 5.
    data = {f"brs_{n}": [1 if n % 2 == 0 else 5] for n in range(1, 7)}
    assert filled("brs", "smith_2008", data) == [5]


def test_k10_counts_always_as_five():
    # CBS: altijd = 1 in the file counts 5, nooit = 5 counts 1; 10 to 50.
    assert filled("k10", "cbs", {f"k10_{n}": [1, 5] for n in range(1, 11)}) == [50, 10]


def test_pss10_turns_items_4_5_7_and_8():
    data = {f"pss10_{n}": [0 if n in (4, 5, 7, 8) else 4] for n in range(1, 11)}
    assert filled("pss10", "cohen_10", data) == [40]


def test_items_are_found_by_the_keys_that_the_study_writes():
    names = {f"who5_{n}": f"q{n}" for n in range(1, 6)}
    data = {name: [5] for name in names.values()}
    assert filled("who5", "percentage", data, keys=names) == [100]


def test_an_unnamed_variant_is_refused_with_what_sets_them_apart():
    with pytest.raises(wb.StudyError, match="scales.s.variant: 'v1' is no variant of mhi5. Look "
                       "which form was used and name it. cbs: .*; gezondheidsmonitor: "):
        filled("mhi5", "v1", {name: [3] for name in MHI})


def test_an_instrument_that_is_not_there_is_refused():
    with pytest.raises(wb.StudyError, match="wbkit does not know 'uwes9'. It knows who5, "):
        filled("uwes9", "v1", {"a": [3]})


@pytest.mark.parametrize("scale", [{}, {"keys": {"who5_1": "a", "who5_2": "b"}}])
def test_items_are_never_taken_by_their_position(scale):
    with pytest.raises(wb.StudyError, match="who5 has the items who5_1, .* never takes them by"):
        filled("who5", "percentage", {"a": [3], "b": [4]}, **scale)


def test_words_are_not_counted_by_their_order():
    items = {name: {"kind": "ordinal", "values": OFTEN[::-1]} for name in MHI}
    with pytest.raises(wb.DataError, match="do not say how mhi5 counts them; a form can list them "
                       "from high to low. Write answers = .*points from 0 to 5"):
        filled("mhi5", "cbs", {name: ["soms"] for name in MHI}, items=items)


def test_numerals_do_not_say_what_a_counted_answer_is():
    with pytest.raises(wb.DataError, match="each answer = yes, more_or_less, no"):
        filled("djg6", "cbs_2019", {name: [1] for name in DJG})
    with pytest.raises(wb.DataError, match="answers gives 'ja', and djg6 knows yes, more_or_less"):
        filled("djg6", "cbs_2019", {name: [1] for name in DJG}, answers={"1": "ja"})


def test_an_instrument_with_a_strange_item_is_refused():
    fields = {"name": "x", "label": "X", "items": ["a"], "points": [0, 1], "method": "sum",
              "range": [0, 1], "citation": "", "reversed": ["b"], "variants": {"v": {"note": ""}}}
    with pytest.raises(ValueError, match="x names b, which is none of its items"):
        Instrument.model_validate(fields)


def test_every_variant_says_in_two_languages_what_sets_it_apart():
    notes = [one.note for known in load_instruments().values() for one in known.variants.values()]
    assert all(note.nl and note.en for note in notes)


def test_a_variant_that_is_not_known_is_refused_in_dutch(monkeypatch):
    monkeypatch.setenv("WBKIT_MESSAGES", "nl")
    items = tuple(load_instruments()["cantril"].items)
    scale = wb.Scale(name="s", instrument="cantril", variant="v1", items=items)
    with pytest.raises(wb.StudyError, match=r"'v1' is geen variant van cantril.*Elf stappen"):
        instrument_of(scale)
