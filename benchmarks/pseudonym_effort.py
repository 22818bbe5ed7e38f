"""How many decisions ten made-up interviews of an hour ask for, and how long the finder takes.

``python benchmarks/pseudonym_effort.py [--seed 12]``. Every word is made up. No sentence stands
twice: clauses of the example study are put together anew, so that other words begin a sentence.
Sown in are people, places, schools, companies, dates and numbers, and words with a capital that
point to nobody (apps, clubs, brands), which a person has to decide on just the same.
"""

import argparse
import random
import re
import time
from pathlib import Path

from wbkit.intake.documents import read_documents
from wbkit.privacy.review import Review, proposals
from wbkit.study.study import load_study
from wbkit.text.name_words import read_lists
from wbkit.text.person_names import FIRST_NAMES, SURNAMES

STUDY = Path(__file__).resolve().parents[1] / "data" / "study.toml"
INTERVIEWS, WORDS = 10, 9_000  # an hour of talk, some 150 words a minute
PEOPLE, PLACES = 12, 4  # of whom one interview speaks, each three times on average
SECONDS = 15  # to read one word with its example and choose from a list
MOST = 2 * 3600
PHRASES = ("toen zei {} dat het goed was.", "ik heb dat met {} besproken.",
           "mijn coach {} belde mij.", "{} vond van niet.", "dat hoorde ik van {} toen.")
PLACE_PHRASES = ("ik kom uit {} hoor.", "we reden naar {} met de bus.", "in {} was dat anders.")


DATES = ("op {} maart was dat.", "sinds {} oktober 2021 zit ik hier.",
         "het was {} juni geloof ik.")
SCHOOLS = ("ik zat op het {}college.", "mijn broer zit op de {}school.",
           "bij het {}lyceum was dat zo.")
COMPANIES = ("ik liep stage bij {}.", "ze werken bij bakkerij {}.", "dat was bij zorgcentrum {}.")
NOBODY = """
Magister SomToday Itslearning Kahoot Quizlet Snapchat TikTok Instagram Netflix Spotify Discord
WhatsApp YouTube ChatGPT Excel PowerPoint Canva Photoshop Windows Android Ajax Feyenoord PSV
Vitesse Heineken Nike Adidas Zara Primark Action Lidl Jumbo Hema Ikea Bol Marktplaats
Thuisbezorgd McDonalds Starbucks Ramadan Suikerfeest Sinterklaas Kerst Pasen Koningsdag
Carnaval Corona Erasmus Oekraïne Marokko Turkije Suriname Spanje Duitsland Europa Arabisch
Engels Fries Rekenen Burgerschap Studielink DigiD Duo Uwv Ggz Slb Bpv Bbl Eduarte Osiris
Blackboard Zermelo Untis Presentis Playstation Fortnite Minecraft Volkswagen Yamaha Tesla Shell
Rabobank Tikkie Schiphol Pinkpop Lowlands Efteling Walibi Bijbel Koran Participatiewet Mavo
Havo Entree Skills Nova Gamma Praxis
"""
OTHERS = tuple(NOBODY.split())
PHRASES_OF_OTHERS = ("dat zag ik in {} staan.", "we gebruiken {} daarvoor.",
                     "ik doe dat met {} thuis.", "{} is ook zoiets.", "dat hoort bij {} denk ik.")


def clauses():
    """Return the clauses of the example's conversations: made up."""
    study = load_study(STUDY)
    lines = [line.partition(":")[2] or line for source in study.sources.values()
             if source.holds_texts for text in read_documents(source).texts["text"]
             for line in text.splitlines()]
    parts = {part.strip() for line in lines for part in re.split(r"[.,;?!:]", line)}
    return sorted(f"{part[0].lower()}{part[1:]}" for part in parts if len(part.split()) > 2)


def interview(parts, rng, staff, seen):
    """Return one made-up interview of an hour; `seen` gathers the sentences of all."""
    text, words = [], 0
    while words < WORDS:
        sentence = ", ".join(rng.sample(parts, rng.randint(1, 3)))
        if sentence in seen:
            continue
        seen.add(sentence)
        text.append(f"{sentence[:1].upper()}{sentence[1:]}.")
        words += len(sentence.split())
    for one in sown(rng, staff):
        text.insert(rng.randrange(len(text)), one)
    return "\n".join(text)


def sown(rng, staff):
    """Yield the sentences of one interview that hold something to decide on."""
    known = read_lists()
    first, last = sorted(FIRST_NAMES), sorted(SURNAMES)
    places = sorted(known.places - known.doubtful)
    people = [rng.choice(first).title() for _ in range(PEOPLE - len(staff))] + list(staff)
    for name in people:
        whole = f"{name} {rng.choice(last).title()}" if rng.random() < 1 / 4 else name
        for _ in range(3):
            yield rng.choice(PHRASES).format(whole if rng.random() < 2 / 3 else whole.lower())
    for phrases, words, times in (
            (PLACE_PHRASES, [rng.choice(places).title() for _ in range(PLACES)], 2),
            (DATES, rng.sample(range(1, 29), 2), 1),
            (SCHOOLS, [rng.choice(last).title() for _ in range(2)], 1),
            (COMPANIES, [rng.choice(last).title() for _ in range(2)], 2),
            (PHRASES_OF_OTHERS, rng.sample(OTHERS, 20), 2)):
        for word in words:
            for _ in range(times):
                yield rng.choice(phrases).format(word)
    yield "mijn nummer is 06-" + "".join(rng.choices("0123456789", k=8)) + "."


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=12)
    rng = random.Random(parser.parse_args().seed)
    parts, seen = clauses(), set()
    staff = [rng.choice(sorted(FIRST_NAMES)).title() for _ in range(4)]
    texts = [(f"gesprek_{n:02d}", interview(parts, rng, staff, seen))
             for n in range(1, INTERVIEWS + 1)]
    begin = time.perf_counter()
    found = proposals(texts, Review())
    took = time.perf_counter() - begin
    hits = sum(one.n for one in found)
    print(f"{INTERVIEWS} interviews, {sum(len(text.split()) for _, text in texts):,} words")
    bare = {word.casefold() for word in OTHERS}
    nobody = sum(one.word.casefold() in bare for one in found)
    print(f"{len(seen):,} different sentences; {nobody} of the words are sown and point to nobody")
    print(f"{hits} places, {len(found)} different words to decide on; found in {took:.0f} s")
    minutes = len(found) * SECONDS / 60
    print(f"{minutes:.0f} minutes at {SECONDS} seconds a word (norm: {MOST / 60:.0f})")
    raise SystemExit(len(found) * SECONDS > MOST)


if __name__ == "__main__":
    main()
