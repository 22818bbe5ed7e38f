"""What speech recognition writes is known by its structure, and each word is read once."""

import json

import pytest

from wbkit.errors import DataError
from wbkit.intake.transcripts.recognition import json_contents, tsv_contents

SAID = [("A", "Hoe gaat het?", 3), ("B", "Goed, dank je.", 7), ("A", "Mooi.", 12)]


def words(who, said, at, scale=1):
    return [{"text": one, "start": (at + n / 10) * scale, "end": (at + n / 10 + 0.1) * scale,
             "speaker": who} for n, one in enumerate(said.split())]


def read(told):
    return [(line.speaker, line.text, line.time) for line in json_contents(
        json.dumps(told), "bron (a.json)").lines]


EXPECTED = [("A", "Hoe gaat het?", "00:00:03"), ("B", "Goed, dank je.", "00:00:07"),
            ("A", "Mooi.", "00:00:12")]
BARE = [("", said, at) for _who, said, at in EXPECTED]
PROGRAMS = {
    "Whisper": ({"text": " ".join(said for _, said, _ in SAID), "segments": [
        {"id": n, "start": at, "end": at + 2, "text": f" {said}", "tokens": [1, 2]}
        for n, (_who, said, at) in enumerate(SAID)]}, BARE),
    "WhisperX": ({"segments": [{"start": at, "end": at + 2, "text": f" {said}", "speaker": who,
                                "words": words(who, said, at)} for who, said, at in SAID],
                  "word_segments": [one for turn in SAID for one in words(*turn)]}, EXPECTED),
    "whisper.cpp": ({"transcription": [
        {"timestamps": {"from": f"00:00:{at:02d},000", "to": f"00:00:{at + 2:02d},000"},
         "offsets": {"from": at * 1000, "to": at * 1000 + 2000}, "text": said}
        for _who, said, at in SAID]}, BARE),
    "Rev": ({"monologues": [{"speaker": who, "elements": [
        part for n, one in enumerate(said.split()) for part in (
            [{"type": "punct", "value": " "}] * bool(n)
            + [{"type": "text", "value": one, "ts": at + n, "end_ts": at + n + 0.5}])]}
        for who, said, at in SAID]}, EXPECTED),
    "AssemblyAI": ({"utterances": [{"speaker": who, "text": said, "start": at * 1000,
                                    "end": at * 1000 + 2000, "words": words(who, said, at, 1000)}
                                   for who, said, at in SAID]}, EXPECTED),
    "Sonix": ({"transcript": [{"speaker": who, "text": said, "start_time": at,
                               "end_time": at + 1} for who, said, at in SAID]}, EXPECTED),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_gives_its_words_once(program):
    told, expected = PROGRAMS[program]
    assert read(told) == expected


def test_a_speaker_is_named_where_the_file_has_a_list():
    told = {"speakers": [{"spkid": "s1", "name": "Anna Smit"}], "segments": [
        {"speaker": "s1", "words": [{"text": "Ja", "start": 1.0}, {"text": ".", "start": 1.1}]},
        {"speaker": "s2", "words": [{"text": "Nee", "start": 2.0}]}]}
    assert read(told) == [("Anna Smit", "Ja.", "00:00:01"), ("s2", "Nee", "00:00:02")]


@pytest.mark.parametrize(("text", "said"), [
    ("{", "is not valid JSON"), ('{"antwoorden": [{"vraag": "a", "ja": 1}]}', "holds no list"),
    ("[]", "holds no list"), ("[" * 9000, "is not valid JSON"),
])
def test_other_json_is_refused(text, said):
    with pytest.raises(DataError, match=said):
        json_contents(text, "bron (a.json)")


@pytest.mark.parametrize("text", [
    "start\tend\ttext\tspeaker\n3000\t5000\tHoe gaat het?\tA\n7000\t9000\tGoed, dank je.\tB\n"
    "12000\t13000\tMooi.\tA\n",
    "Spreker\tBegin\tTekst\nA\t0:03\tHoe gaat het?\nB\t0:07\tGoed, dank je.\nA\t0:12\tMooi.\n",
    "3.0\t5.0\tA\tHoe gaat het?\n7.0\t9.0\tB\tGoed, dank je.\n12.0\t13.0\tA\tMooi.\n",
])
def test_columns_of_a_tsv_are_known_by_what_they_hold(text):
    contents = tsv_contents(text, "bron (a.tsv)")
    assert [(line.speaker, line.text, line.time) for line in contents.lines] == EXPECTED
    assert sum(one.words for one in contents.left) == len(text.split()) - 7


@pytest.mark.parametrize("text", ["gezien\thulp\nja\tplannen\nnee\tanders\n", "a\n", "1\t2\n"])
def test_a_tsv_with_answers_is_refused(text):
    with pytest.raises(DataError, match="has no column with times"):
        tsv_contents(text, "bron (a.tsv)")
