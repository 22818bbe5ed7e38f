"""A survey of 200,000 rows and 30 questions from raw file to results, each step timed.

Run `python benchmarks/large_survey.py [rows] [xlsx|csv]`: it makes a file as Forms writes it, and
gives describe, prepare and run, each in a Python of its own.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

FORMS = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"]
AGREE = ["helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens"]
OPTIONS = ["coach", "docent", "ouders", "vrienden", "school", "werk"]
TRACKS = ["bol", "bbl"]
WORDS = ["rust", "tijd", "een", "coach", "die", "luistert", "de", "klas", "is", "druk", "en",
         "graag", "meer", "hulp", "bij", "plannen", "stage", "niets", "gaat", "goed"]
LARGEST = 1_000_000  # bytes of one picture


def questions():
    """Return heading = how one answer is drawn: 22 closed, 4 multiple, 2 open, 2 numeric."""
    asked = {"Welke leerweg volg je?": lambda draw: draw.choice(TRACKS)}
    for number in range(21):
        asked[f"Stelling {number + 1}: ik voel mij hier op mijn plek"] = (
            lambda draw: draw.choice(AGREE) if draw.random() > 0.05 else "")
    for number in range(4):
        asked[f"Van wie krijg je hulp ({number + 1})?"] = lambda draw: ";".join(
            [*draw.sample(OPTIONS, draw.randrange(1, 4)), ""])
    for number in range(2):
        asked[f"Wat wil je nog kwijt ({number + 1})?"] = lambda draw: " ".join(
            draw.choices(WORDS, k=draw.randrange(3, 12))) if draw.random() > 0.4 else ""
    for number in range(2):
        asked[f"Welk cijfer geef je ({number + 1})?"] = lambda draw: draw.randrange(1, 11)
    return asked


def rows_of(count):
    draw, asked = random.Random(1), questions()
    yield [*FORMS, *asked]
    for number in range(1, count + 1):
        stamp = 44880 + number / 1440
        yield [number, stamp, stamp + 0.005, "anonymous", "",
               *(question(draw) for question in asked.values())]


def make(path, count):
    """Write the file: real dates and shared strings in xlsx, semicolons in csv."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8") as stream:
            for row in rows_of(count):
                stream.write(";".join(f'"{cell}"' for cell in row) + "\n")
        return
    with xlsxwriter.Workbook(path) as book:
        sheet, look = book.add_worksheet("Form1"), book.add_format({"num_format": "m/d/yy h:mm"})
        for place, row in enumerate(rows_of(count)):
            for column, cell in enumerate(row):
                if place and column in (1, 2):
                    sheet.write_number(place, column, cell, look)
                elif cell != "":
                    sheet.write(place, column, cell)


def wbkit(folder, *words):
    """Give a command; return its seconds."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "wbkit", *words], cwd=folder,
                          capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    print(f"{words[0]:9} {took:6.1f} s", flush=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return took


def main(rows="200000", ending="xlsx"):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "data" / "raw").mkdir(parents=True)
        (folder / "data" / "study.toml").write_text('title = "Groot"\n', encoding="utf-8")
        raw = folder / "data" / "raw" / f"enquete.{ending}"
        make(raw, int(rows))
        print(f"{int(rows):,} rows, {len(questions())} questions, "
              f"{raw.stat().st_size / 1e6:.0f} MB {ending}", flush=True)
        took = sum([wbkit(folder, "describe", f"data/raw/{raw.name}", "--name", "enquete",
                          "--design", "everyone"),
                    wbkit(folder, "prepare"), wbkit(folder, "run")])
        again = wbkit(folder, "run")
        pictures = [one.stat().st_size for one in (folder / "results/figures").glob("*.png")]
        print(f"together  {took:6.1f} s, and {again:.1f} s when nothing changed; "
              f"{len(pictures)} pictures, the largest {max(pictures, default=0) / 1e6:.2f} MB")
        if max(pictures, default=0) > LARGEST:
            raise SystemExit("a picture is larger than 1 MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
