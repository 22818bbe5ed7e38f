"""What may stand in front of a turn: the shapes of labels, their roles, and what hides a name."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from wbkit.data.documents import INTERVIEWER
from wbkit.study.source_kinds import TextRules
from wbkit.text.person_names import FIRST_NAMES

PERSON_CODE = re.compile(r"^[A-Za-z]{1,6} ?\d{1,2}$|^[A-Z]{1,5}$|^[A-Z]{2,12}[_-]\d{1,3}$")
# Labels that say what somebody is there, not who it is.
ROLE_WORDS = """
interviewer interviewster vraag antwoord spreker student studente docent docente coach mentor
teamleider respondent geïnterviewde deelnemer moderator observator notulist ouder leerling
begeleider speaker participant teacher parent interviewee question answer
gespreksleider onderzoeker onderzoekster researcher facilitator observer
"""
SPEAKER_ROLES = frozenset(ROLE_WORDS.split())
ASKING = ("interviewer", "interviewster", "moderator", "gespreksleider", "facilitator")
SPEAKER = "spreker"
CODE = re.compile(
    r"^(?:[^\W\d_]|[^\W\d_a-z]{2,3})\.? ?(?:\d{1,2}[a-z]?)?$|^[A-Z]{2,12}[_-]\d{1,3}$")
PARTICLE_WORDS = """
van der den de ter ten te op in 't ’t la el al ben bin von zu du di da dos del le les d' het aan
bij uit onder over voor af y e ibn abu ould av 's ’s
"""
PARTICLES = frozenset(PARTICLE_WORDS.split())
TITLE_WORDS = """
mw mevr mevrouw mej dhr meneer heer hr dr drs prof ing ir mr mrs ms miss frau herr mme m. de
"""
TITLES = frozenset(TITLE_WORDS.split())
TOKEN = re.compile(r"^[^\W\d_](?:[\w'’.\-]*)$")
SURROUND = "[]()<>*_\"'“”‘’ \t"
# Not a person, though written like a code.
NO_CODES = frozenset({"nb", "ps", "tip", "ad", "red", "bv", "vb", "faq", "url", "www", "http",
                      "https", "re", "cc"})
MOST_TOKENS = 7


@lru_cache(maxsize=10_000)
def key_of(label: str) -> str:
    """Return the form in which labels are compared: "R.", "r" and "R " are one."""
    text = " ".join(label.strip(SURROUND).casefold().split()).rstrip(" .:,-–")
    return re.sub(r"(?<=[^\W\d_])[ _.-]?(?=\d+$)", "", text)


@lru_cache(maxsize=10_000)
def shape_of(label: str) -> str:
    """Say what a label looks like: code, role, name, single (one word) or phrase."""
    label = label.strip(SURROUND)
    key, tokens = key_of(label), label.split()
    if not tokens or key in NO_CODES:
        return "phrase"
    if CODE.match(label.rstrip(" .:")) or PERSON_CODE.match(label.rstrip(" .:")):
        return "code"
    if _is_role(re.sub(r" ?\(.*$", "", key) or "?"):
        return "role"
    if len(tokens) == 1:
        return "single" if tokens[0][0].isupper() and TOKEN.match(tokens[0]) else "phrase"
    return "name" if _is_name(label) else "phrase"


def _is_role(key: str) -> bool:
    first, *rest = re.sub(r"(?<=[^\W\d_])(?=\d)", " ", key).split()
    return first in SPEAKER_ROLES and all(len(word) <= 2 or word.isdigit()
                                          or PERSON_CODE.match(word.upper()) for word in rest)


def _is_name(label: str) -> bool:
    """Say whether each word is a name, a particle or a title: "mw. A. op den Berg (ROC)"."""
    bare = re.sub(r"\s*\([^()]{1,40}\)?$", "", label)
    tokens = bare.replace(",", " ").split()
    if not 2 <= len(tokens) <= MOST_TOKENS or not all(
            TOKEN.match(token) or token.casefold() in PARTICLES for token in tokens):
        return False
    plain = [token.rstrip(".").casefold() for token in tokens]
    capital = [token[0].isupper() or token[:2].casefold() in ("d'", "d’") for token in tokens]
    fits = all(up or word in PARTICLES or word in TITLES
               for up, word in zip(capital, plain, strict=True))
    begins = capital[0] or plain[0] in TITLES or "," in bare
    return fits and begins and sum(capital) >= 1 and (capital[-1] or "," in bare)


def is_label(speaker: str) -> bool:
    """Say whether a speaker is a code (I1, TL) or a role (student 2), and no name."""
    code = PERSON_CODE.match(speaker) and speaker.casefold() not in FIRST_NAMES
    return bool(code) or _is_role(key_of(speaker) or "?")


def labels_for(speakers: Iterable[str], rules: TextRules) -> dict[str, str]:
    """Return a label for each speaker: the one in the file, or a number in place of a name."""
    made: dict[str, str] = {}
    count: Counter[str] = Counter()
    for speaker in dict.fromkeys(speakers):
        if is_label(speaker):
            made[speaker] = speaker
        else:
            kind = role_of(speaker, rules) or SPEAKER
            count[kind] += 1
            made[speaker] = f"{kind} {count[kind]}"
    return made


def role_of(speaker: str, rules: TextRules) -> str:
    """Return the role of a speaker, empty when study.toml gives none and its label says none."""
    key = key_of(speaker)
    roles = {key_of(name): role for name, role in rules.roles.items()}
    if key in roles:
        return roles[key]
    word = re.sub(r"\W*\d*$", "", key).split(" ")[0]
    asks = key in map(key_of, rules.interviewers) or word in ASKING
    return INTERVIEWER if asks else ""


def declared(rules: TextRules) -> dict[str, str]:
    """Return the speakers that study.toml names: how they are compared = how they are written."""
    return {key_of(name): name for name in (*rules.interviewers, *rules.roles)}
