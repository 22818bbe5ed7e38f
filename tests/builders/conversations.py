"""One made-up conversation, written as programs and people write transcripts."""

import io
import json

from builders import transcripts
from docx import Document

ASKS, ANSWERS = "Marit van Dongen", "Yusuf Öztürk"  # nobody of that name is meant
QUESTIONS = ("Hoe ben je hier gekomen?", "En toen?", "Wat was lastig?", "Met wie praat je?",
             "Zou je het nog eens doen?")
REPLIES = ("Via een vriend van mijn broer, die zat hier al.", "Ja.",
           "De verslagen vooral. Om 10:30 begon de les: dat was vroeg.", "Met niemand eigenlijk",
           "Misschien wel, maar dan met meer tijd.")
TALK = [turn for question, reply in zip(QUESTIONS, REPLIES, strict=True)
        for turn in ((ASKS, question), (ANSWERS, reply))]
STARTS = [3 + 10 * at for at in range(len(TALK))]
TIMED = list(zip(TALK, STARTS, strict=True))


def hms(seconds):
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


def short(seconds):
    return f"{seconds // 60}:{seconds % 60:02d}"


def code(who, asks="I", answers="R"):
    return asks if who == ASKS else answers


def word(*paragraphs):
    """Make a Word file; each paragraph is a list of words and whether they are bold."""
    document = Document()
    for style, pieces in paragraphs:
        paragraph = document.add_paragraph(style=style)
        for words, bold in pieces:
            for at, line in enumerate(words.split("\n")):
                run = paragraph.add_run()
                if at:
                    run.add_break()
                run.add_text(line)
                run.bold = bold or None
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def plain(*pieces):
    return None, [(words, False) for words in pieces]


def txt(form, **names):
    return "".join(form.format(who=code(who, **names) if names else who, said=said, at=hms(at),
                               short=short(at), end=hms(at + 5)) for (who, said), at in TIMED)


def cues(mark, form, sign="."):
    return "".join(f"{number}\n{hms(at)}{sign}000 {mark} {hms(at + 5)}{sign}000\n"
                   f"{form.format(who=who, said=said)}\n\n"
                   for number, ((who, said), at) in enumerate(TIMED, start=1))


def teams_now():
    """Give a .docx as Teams writes it since 2023: name, time, a line break, words."""
    return word(plain("Overleg-20260615_101500-Meeting Transcript"), plain("25m 3s"),
                (None, [(ASKS, True), (" started transcription", False)]),
                *((None, [("\n", False), (who, True), (f"   {short(at)}", False),
                          (f"\n{said}", False)]) for (who, said), at in TIMED),
                (None, [("\n", False), (ASKS, True), (" stopped transcription", False)]))


def teams_before():
    return word(*(plain(f"0:{at // 60}:{at % 60}.0 --> 0:{at // 60}:{at % 60 + 4}.34\n"
                        f"{who}\n{said}") for (who, said), at in TIMED))


def meet():
    return word(plain("Attendees"), plain(f"{ASKS}, {ANSWERS}, Kees de Wit"), plain("Transcript"),
                ("Heading 3", [("00:00:00", False)]),
                *((None, [(f"{who}:", True), (f" {said}", False)]) for who, said in TALK[:4]),
                ("Heading 3", [("00:05:00", False)]),
                *((None, [(f"{who}:", True), (f" {said}", False)]) for who, said in TALK[4:]),
                plain("Meeting ended after 00:06:30"),
                plain("This editable transcript was computer generated."))


def utterances():
    """Give .json of AssemblyAI: the words stand three times in it, times in milliseconds."""
    parts = [{"speaker": code(who, "A", "B"), "text": said, "start": at * 1000,
              "end": at * 1000 + 5000, "words": [{"text": one, "start": at * 1000,
                                                  "end": at * 1000 + 300} for one in said.split()]}
             for (who, said), at in TIMED]
    return json.dumps({"text": " ".join(said for _who, said in TALK), "utterances": parts,
                       "words": [one for part in parts for one in part["words"]]})


def segments_of_words():
    """Give .json of Amberscript: speakers by id, segments of words."""
    return json.dumps({
        "speakers": [{"spkid": "spk1", "name": ASKS}, {"spkid": "spk2", "name": ANSWERS}],
        "segments": [{"speaker": code(who, "spk1", "spk2"), "words": [
            {"text": one, "start": at + place / 10, "end": at + place / 10 + 0.1}
            for place, one in enumerate(said.split())]} for (who, said), at in TIMED]})


def rows(*, speaker_first):
    table = [("Timespan", "Content", "Speaker")] + [
        (f"{short(at)}.0 - {short(at + 4)}.2", said, who) for (who, said), at in TIMED]
    return transcripts.docx(table=[row[::-1] for row in table] if speaker_first else table)


CODES = {"asks": "I", "answers": "R"}
# How it is written: file, content, who asks, whether the file says when.
LAYOUTS = {
    "Teams now": ("a.docx", teams_now(), ASKS, True),
    "Teams before": ("a.docx", teams_before(), ASKS, True),
    "Teams captions": ("a.vtt", "WEBVTT\n\n" + cues("-->", "<v {who}>{said}</v>"), ASKS, True),
    "Zoom captions": ("a.vtt", "\ufeffWEBVTT\n\n" + cues("-->", "{who}: {said}"), ASKS, True),
    "Zoom text": ("a.txt", txt("[{who}] {at}\n{said}\n\n"), ASKS, True),
    "Google Meet": ("a.docx", meet(), ASKS, False),
    "Word Transcribe": ("a.docx", word(*(plain(one) for (who, said), at in TIMED for one in (
        f"{hms(at)} {who}", said))), ASKS, True),
    "Otter": ("a.txt", txt("{who}  {short}  \n{said}\n\n") + "Transcribed by https://otter.ai\n",
              ASKS, True),
    "Amberscript text": ("a.txt", txt("{who} - {at}\n{said}\n\n"), ASKS, True),
    "Amberscript json": ("a.json", segments_of_words(), ASKS, True),
    "AssemblyAI": ("a.json", utterances(), "A", True),
    "WhisperX text": ("a.txt", txt("[{who}]: {said}\n", asks="SPEAKER_00", answers="SPEAKER_01"),
                      "SPEAKER_00", False),
    "Whisper lines": ("a.txt", txt("[{at}.000 --> {end}.500]  {who}: {said}\n"), ASKS, True),
    "srt": ("a.srt", cues("-->", "{who}: {said}", sign=","), ASKS, True),
    "tsv": ("a.tsv", "start\tend\tspeaker\ttext\n" + "".join(
        f"{at * 1000}\t{at * 1000 + 4000}\t{who}\t{said}\n" for (who, said), at in TIMED),
        ASKS, True),
    "f4": ("a.txt", txt("{who}: {said} #{end}-4#\r\n\r\n", **CODES), "I", False),
    "MAXQDA": ("a.txt", txt("#{at}-4# {who}: {said}\n", **CODES), "I", True),
    "NVivo": ("a.docx", rows(speaker_first=False), ASKS, True),
    "table": ("a.docx", rows(speaker_first=True), ASKS, True),
    "Sonix": ("a.txt", txt("{who}: [{at}] {said}\n\n"), ASKS, True),
    "Descript": ("a.txt", txt("[{at}] {who}: {said}\n\n"), ASKS, True),
    "Trint": ("a.txt", txt("{who}\n{at}\n{said}\n\n"), ASKS, True),
    "codes": ("a.txt", txt("{who}: {said}\n", **CODES), "I", False),
    "codes in Windows-1252": ("a.txt", txt("{who}: {said}\r\n", asks="Renée",
                                           answers="Zoë").encode("cp1252"), "Renée", False),
    "a dash": ("a.txt", txt("{who} - {said}\n", asks="Interviewer", answers="Student"),
               "Interviewer", False),
    "tabs": ("a.txt", txt("{who}\t{said}\n", **CODES), "I", False),
    "own line": ("a.txt", txt("{who}\n{said}\n\n"), ASKS, False),
    "own line, colon": ("a.txt", txt("{who}:\n{said}\n\n"), ASKS, False),
    "own line in Word": ("a.docx", word(*((None, [(one, bold)]) for who, said in TALK
                                          for one, bold in ((who, True), (said, False)))),
                         ASKS, False),
    "bold": ("a.docx", word(*((None, [(who, True), (f" {said}", False)]) for who, said in TALK)),
             ASKS, False),
    "odt": ("a.odt", transcripts.odt(*(f"{who}: {said}" for who, said in TALK)), ASKS, False),
}
