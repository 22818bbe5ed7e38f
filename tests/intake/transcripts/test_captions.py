"""Captions keep every word that was said, once, and say what they left out."""

import pytest

from wbkit.errors import DataError
from wbkit.intake.transcripts.captions import srt_contents, vtt_contents

HEAD = "WEBVTT\n\n"


def cue(second, words):
    return f"00:00:{second:02d}.000 --> 00:00:{second + 1:02d}.000\n{words}\n\n"


def said(contents):
    return [(line.speaker, line.text) for line in contents.lines]


def left(contents):
    return {one.what: one.words for one in contents.left}


def test_words_behind_an_empty_line_belong_to_their_cue():
    text = "1\n" + cue(1, "A: eerste\n\nen het vervolg\n\nen nog een") + "2\n" + cue(3, "A: slot")
    expected = [("", "A: eerste"), ("", "en het vervolg"), ("", "en nog een"), ("", "A: slot")]
    assert said(vtt_contents(HEAD + text, "a.vtt")) == expected
    assert said(srt_contents(text.replace(".", ","), "a.srt")) == expected


def test_cues_without_words_are_passed_over():
    text = "1\n" + cue(1, "").rstrip() + "\n\n2\n" + cue(3, "A: slot")
    assert said(srt_contents(text.replace(".", ","), "a.srt")) == [("", "A: slot")]
    assert said(vtt_contents(HEAD + text, "a.vtt")) == [("", "A: slot")]


def test_notes_and_styles_are_left_out_and_counted():
    text = f"{HEAD}STYLE\n::cue {{ color: red }}\n\nNOTE\ngemaakt door\neen programma\n\n" \
           f"NOTE team: zorg\n\n{cue(1, '<v.loud Anna Smit>Hoi <i>daar</i></v>')}"
    contents = vtt_contents(text, "a.vtt")
    assert said(contents) == [("", "# team: zorg"), ("Anna Smit", "Hoi daar")]
    assert left(contents) == {"note of the program": 11, "numbers and times of cues": 4,
                              "voices and tags": 2}


def test_only_tags_are_taken_out_of_what_is_said():
    assert said(vtt_contents(HEAD + cue(1, "<y dan> komt <b>er</b> 1 < 2 &amp; 3"), "a.vtt")) == [
        ("", "<y dan> komt er 1 < 2 & 3")]


def test_captions_that_roll_are_kept_once_and_it_is_said():
    lines = ["een twee", "drie vier", "vijf", "zes zeven", "acht"]
    text = HEAD + cue(1, lines[0]) + "".join(
        cue(2 * at, f"{before}\n{after}")
        for at, (before, after) in enumerate(zip(lines, lines[1:], strict=False), start=1))
    contents = vtt_contents(text, "a.vtt")
    assert [words for _who, words in said(contents)] == lines
    assert left(contents)["words shown twice"] == 7
    assert "4 lines of captions stand twice" in contents.found[0]


def test_what_somebody_says_twice_is_kept_twice():
    text = HEAD + "".join(cue(at, words) for at, words in enumerate(
        ["Ja.", "Ja.", "Nee hoor.", "Dat dus.", "Ja.", "Ja."]))
    contents = vtt_contents(text, "a.vtt")
    assert [words for _who, words in said(contents)].count("Ja.") == 4
    assert contents.found == ()


@pytest.mark.parametrize(("text", "said"), [
    ("zomaar tekst", "holds nothing that was said at a time"),
    ("1\n00:00:01,000 --> 00:0\nwoorden\n", "1 of its 1 cues cannot be read")])
def test_captions_that_cannot_be_read_are_refused(text, said):
    with pytest.raises(DataError, match=said):
        srt_contents(text, "bron (a.srt)")
