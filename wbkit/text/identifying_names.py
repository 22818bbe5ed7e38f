"""People, places, schools and organisations that are named in running Dutch text.

A name is known by a list, by the words around it ("mijn coach heet …", "stage bij …") or by a
capital in the middle of a sentence. A nickname, or a story about one person, is not seen.
"""

from collections.abc import Iterator

from wbkit.text.dutch_words import is_listed, is_mistyped, is_proper
from wbkit.text.identifying_numbers import Hit
from wbkit.text.name_phrases import Phrases
from wbkit.text.name_words import (
    ACTS,
    DIRECTIONS,
    MEETING,
    PARTICLES,
    SPEECH,
    read_lists,
    tokens_of,
)
from wbkit.text.person_names import OPENING_WORDS, ORDINARY_NAMES, ORDINARY_WORDS


def names_in(text: str) -> list[Hit]:
    """Return the names of people, places, schools and organisations in a text, by place."""
    reader = Reader(text, tokens_of(text), read_lists())
    return sorted(reader.hits())


LIVING = frozenset(("woon", "woont", "wonen", "woonde", "wonend", "kom", "komt", "verhuisd",
                    "geboren"))
MODALS = ("wil", "kan", "can", "mag")
WHERE = frozenset(("in", "op", "van", "te"))  # particles that say what follows
KIND_BEHIND = {
    **dict.fromkeys(("in", "uit", "naar", "vanuit", "richting", "te"), "PLAATS"),
    **dict.fromkeys(("bij", "via"), "ORG"), "op": "SCHOOL",
    **dict.fromkeys(("met", "door", "aan", "voor", "tegen", "van", "volgens", "zei", "zegt", "en",
                     "dat", "toen", "heet"), "NAAM")}


class Reader(Phrases):
    """Walks through the words of one text."""

    def hits(self) -> Iterator[Hit]:
        """Yield the names, from the first word to the last."""
        at = 0
        while at < len(self.tokens):
            hit, following = self._at(at)
            if hit is not None:
                yield hit
            at = max(following, at + 1)

    def _at(self, at: int) -> tuple[Hit | None, int]:
        for look in (self._titled, self._fixed, self._with_kind, self._behind_role, self._capitals,
                     self._small, self._unknown, self._placed):
            hit, following = look(at)
            if hit is not None:
                return hit, following
        return None, at + 1

    # Names that begin with what somebody is called: meneer, juf

    def _titled(self, at: int) -> tuple[Hit | None, int]:
        word, known = self._word(at), self.known
        if word not in known.titles or not self._joined(at + 1):
            return None, at
        last = self._name_behind(at + 1, weak=word in known.weak_titles)
        return self._hit(at, last, "NAAM", "context") if last else (None, at)

    # Schools and companies that everybody knows

    def _fixed(self, at: int) -> tuple[Hit | None, int]:
        if self._word(at) not in self.known.openings:
            return None, at
        for length in (4, 3, 2, 1):
            last = at + length - 1
            if last >= len(self.tokens) or not all(map(self._joined, range(at + 1, last + 1))):
                continue
            words = self.text[self.tokens[at].start:self.tokens[last].last].casefold()
            kind = ("SCHOOL" if words in self.known.known_schools else
                    "ORG" if words in self.known.companies else "")
            if kind and not self._is_plain_company(words, at):
                return self._hit(at, self._campus(last), kind, "list")
        return None, at

    def _is_plain_company(self, words: str, at: int) -> bool:
        """Whether a name that is a word too stands here as that word."""
        if words not in self.known.plain_companies:
            return False
        one = self.tokens[at]
        behind = self._word(at - 1) in ("bij", "op", "van") or self._word(at - 2) == "bij"
        return not (behind or (one.capital and not one.begins))

    def _campus(self, last: int) -> int:
        """Take the place behind a school or company, as in Aeres Barneveld, along."""
        if not self._joined(last + 1) or self._word(last + 1) not in (
                "college", "mbo", "opleidingen"):
            return last
        capital = self.tokens[last + 1].capital
        return self._more(last + 1) if capital else self._more_unknown(last + 1)

    # "zorgcentrum De Wissel", "basisschool de regenboog", "ROC van Twente"

    def _with_kind(self, at: int) -> tuple[Hit | None, int]:
        word, known = self._word(at), self.known
        kind = "ORG" if word in known.organisations | known.clubs or word.endswith(
            ("bedrijf", "centrum", "winkel", "kwekerij")) else "SCHOOL" if word in known.schools \
            else ""
        if not kind or not self._joined(at + 1):
            return None, at
        place = at + 1
        while self._word(place) in PARTICLES and self._joined(place + 1) and place < at + 3:
            place += 1
        if place >= len(self.tokens) or not self._joined(place):
            return None, at
        one = self.tokens[place]
        named = one.capital and one.plain not in known.safe or (
            not one.capital and place == at + 1 and kind == "ORG" and one.plain in known.surnames
            and one.plain not in known.common)
        named = named or one.capital and self._word(place - 1) in PARTICLES and place > at + 1
        if place > at + 1 and not self.tokens[at + 1].capital and self._word(at + 1) in (
                "in", "op", "van", "te", "ben") and not (
                self.tokens[at].word.isupper() or word == "college"):
            return None, at
        named = named or self._worked_at(at, place)
        if not named or (one.plain in known.places and kind == "ORG" and place > at + 1
                         and not self.tokens[at + 1].capital):
            return None, at
        last = self._more(place) if one.capital else self._more_small(place)
        return self._hit(at, last, kind, "context")

    def _worked_at(self, at: int, place: int) -> bool:
        """Whether an organisation is named in small letters: "stage bij thuiszorg carinova"."""
        word = self._word(place)
        if word in self.known.common or not word.isalpha():
            return False
        named = word in self.known.first or not self._is_word(word)
        club = self._word(at) in self.known.clubs and (named or word in self.known.places)
        return club or named and self._word(at - 1) in ("bij", "via", "van", "naar", "voor")

    # "mijn coach heet yusuf", "mijn mentor kevin"

    def _behind_role(self, at: int) -> tuple[Hit | None, int]:
        one, known = self.tokens[at], self.known
        word, before = one.plain, self._word(at - 1)
        if one.capital or not self._joined(at) or len(word) < 2:
            return None, at
        role = before in known.roles or f"{self._word(at - 2)} {before}" in known.roles
        listed = word in known.first or self._base(at) in known.first
        if role and listed and word not in known.common and word not in MODALS:
            return self._hit(at, self._more_small(at), "NAAM", "context")
        if self._is_named(at) and word not in known.common and not one.word.isdigit() and (
                listed or not self._is_word(word)):
            return self._hit(at, self._more_small(at), "NAAM", "context")
        if before == "ben" and self._word(at - 2) == "ik" and listed and \
                word not in known.words_too | ORDINARY_WORDS | known.common:
            return self._hit(at, self._more_small(at), "NAAM", "context")
        beside = (before == "en" and self._word(at - 2) == "ik") or (
            self._word(at + 1) == "en" and self._word(at + 2) == "ik")
        if beside and listed and word not in known.common:
            return self._hit(at, self._more_small(at), "NAAM", "context")
        if role and word in ("van", "ten", "ter") and (
                self._word(at + 1) in ("der", "den") or word != "van"):
            last = self._name_behind(at)
            return self._hit(at, last, "NAAM", "context") if last else (None, at)
        family = before in ("familie", "fam") and word in known.surnames
        return self._hit(at, at, "NAAM", "context") if family else (None, at)

    def _is_named(self, at: int) -> bool:
        """Whether a name is given here: "mijn coach heet", "hij heet eigenlijk", "noemt hem"."""
        place = at - 1
        while self._word(place) in ("eigenlijk", "gewoon", "dus", "hem", "haar", "mij", "me", "ons",
                                    "trouwens", "nu", "is", "ook", "was") and place > at - 4:
            place -= 1
        word = self._word(place)
        if word in ("heet", "heette"):
            return self._word(place - 1) not in ("zo", "te", "erg", "heel", "het")
        by_name = word.endswith("naam") and self._word(at - 1) == "is"
        called = word in ("noemt", "noemen", "noemde") and self._word(at - 1) in (
            "hem", "haar", "mij", "me", "ons")
        return word == "genaamd" or by_name or called

    # Words with a capital

    def _capitals(self, at: int) -> tuple[Hit | None, int]:
        one = self.tokens[at]
        if not one.capital or not self._may_be_name(at):
            return None, at
        first = at
        last = self._more(at)
        while last > first and self._word(last) in PARTICLES:
            last -= 1
        kind, reason = self._kind(first, last)
        return self._hit(first, last, kind, reason) if kind else (None, at)

    def _may_be_name(self, at: int) -> bool:
        one, known = self.tokens[at], self.known
        word, base = one.plain, self._base(at)
        after = self._word(at + 1)
        if one.initials:
            following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            return following is not None and following.capital and not known.is_ordinary(
                following.plain) or (following is not None and after in PARTICLES)
        if word in PARTICLES:
            return self._particle_begins(at)
        if len(one.word) == 1 or (one.word.isupper() and not (
                word in known.certain or (word in known.schools and len(word) > 2))):
            return False
        if not one.begins:
            return not known.is_ordinary(word) or (
                word not in known.safe and base in known.first and word not in known.common)
        return self._begins_with_name(at)

    def _particle_begins(self, at: int) -> bool:
        """Whether "De Vries" or "Van Dijk" begins here."""
        place = at + 1
        while self._word(place) in PARTICLES and self._joined(place) and place < at + 3:
            place += 1
        if place >= len(self.tokens) or not self._joined(place) or not self.tokens[place].capital:
            return False
        word = self._word(place)
        if self.tokens[at].begins:
            return word in self.known.surnames and word not in self.known.safe
        return not self.known.is_ordinary(word) or word in self.known.surnames

    def _begins_with_name(self, at: int) -> bool:
        """Whether the first word of a sentence is a name."""
        one, known = self.tokens[at], self.known
        word, base, after = one.plain, self._base(at), self._word(at + 1)
        if word in known.safe or word in OPENING_WORDS:
            return False
        behind = self.tokens[at + 1] if self._joined(at + 1) else None
        surname = behind is not None and behind.capital and (
            known.is_name(after) or after in PARTICLES)
        if base in known.first:
            doubtful = base in known.words_too | ORDINARY_NAMES | known.common
            return not doubtful or surname or after in SPEECH or word in self.learned \
                or self.text[one.end:one.end + 1] in ",'’"
        if word in known.common:
            return False
        if word in known.places:
            return word not in known.words_too and word not in ORDINARY_NAMES
        if word in known.organisations or word in known.schools:
            return False
        small_surname = behind is not None and after in PARTICLES and self._joined(at + 2) and \
            self._word(at + 2) in known.surnames and self.tokens[at + 2].capital
        return word in self.learned or surname or small_surname or (
            word in known.surnames and word not in known.words_too | ORDINARY_NAMES)

    def _kind(self, first: int, last: int) -> tuple[str, str]:
        known, words = self.known, [self._base(at) for at in range(first, last + 1)]
        bare = [word for word in words if word not in PARTICLES]
        whole, before = " ".join(words), self._word(first - 1) if self._joined(first) else ""
        if any(word in known.schools or word.endswith(("college", "school", "lyceum"))
               for word in bare):
            named = len(bare) > 1 or bare[0] not in known.schools
            return ("SCHOOL", "capital") if named else ("", "")
        place = next((whole.removesuffix(one) for one in DIRECTIONS if whole.endswith(one)), whole)
        here = place in known.places or whole in known.places
        named = any(known.is_name(word) or "-" in word and known.is_name(word.split("-")[0])
                    for word in bare)
        if here and not (bare[0] in known.first and before not in known.places_before):
            return "PLAATS", "list"
        if before in ("in", "uit", "naar", "vanuit", "richting", "te", "omgeving") and not named:
            return "PLAATS", "context"
        if before == "bij" and not named:
            return "ORG", "context"
        return "NAAM", "list" if named else "capital"

    # Words in small letters

    def _small(self, at: int) -> tuple[Hit | None, int]:
        one, known = self.tokens[at], self.known
        base = self._base(at)
        if one.capital or one.word.isdigit():
            return None, at
        hyphened = "-" in base and all(part in known.first for part in base.split("-"))
        if base in known.certain or hyphened:
            return self._hit(at, self._more_small(at), "NAAM", "list")
        return self._small_place(at)

    def _small_place(self, at: int) -> tuple[Hit | None, int]:
        known = self.known
        if self._word(at) not in known.place_openings and not self._word(at).endswith(DIRECTIONS):
            return None, at
        for length in (3, 2, 1):
            last = at + length - 1
            if last >= len(self.tokens) or not all(map(self._joined, range(at + 1, last + 1))):
                continue
            words = " ".join(self._word(place) for place in range(at, last + 1))
            if words not in known.places and not words.endswith(DIRECTIONS):
                continue
            bare = next((words.removesuffix(one) for one in DIRECTIONS
                         if words.endswith(one)), words)
            cue = self._joined(at) and (
                self._word(at - 1) in known.places_before | known.places_near or (
                self._word(at - 1) == "van" and self._word(last + 1) == "naar"))
            lives = cue and any(self._word(at - n) in LIVING for n in range(1, 6))
            lives = lives or (words in known.verbs_too and cue and self._word(at - 1) != "te")
            lives = lives or (cue and self._word(at - 1) in known.places_near)
            if (bare in known.places or words in known.places) and (
                    lives and words not in known.common or words not in known.doubtful and (
                        cue or len(words) >= 6 or length > 1)
                    and self._word(at) not in ("de", "het", "een")):
                return self._hit(at, last, "PLAATS", "list")
        return None, at

    # Words that Dutch does not have

    def _unknown(self, at: int) -> tuple[Hit | None, int]:
        one, word = self.tokens[at], self._base(at)
        known = self.known
        if one.capital or len(word) < 3 or not word.isalpha() or word in known.doubtful or (
                self._is_word(word) and not (is_proper(word) and not self._is_plain(word))):
            return None, at
        listed = is_proper(word) and (
            known.is_name(word) or word in known.places) and word not in known.english
        if listed:
            return self._hit(at, self._more_unknown(at), self._unknown_kind(at) or "NAAM", "list")
        typed = is_mistyped(word) and not is_proper(word)
        kind = "" if typed or word in known.english else self._unknown_kind(at)
        return self._hit(at, self._more_unknown(at), kind, "context") if kind else (None, at)

    # A first name that is a word too, and a word that Dutch does not have: by where it stands

    def _placed(self, at: int) -> tuple[Hit | None, int]:
        word, known, after = self._base(at), self.known, self._word(at + 1)
        begins = self.tokens[at].begins or not self._joined(at)
        listed = word in known.first - known.common and (
            self.tokens[at].capital or word not in known.things)
        named = listed or self._is_no_word(at)
        if not named or (begins and word in OPENING_WORDS | known.safe):
            return None, at
        past = after.endswith(("de", "te")) and len(after) > 4 and is_listed(after)
        acts = begins and (after in ACTS or past or (after == "en" and self._word(at + 2) == "ik"))
        met = not begins and listed and self._word(at - 1) in MEETING and self._joined(at)
        told = not begins and self._word(at - 1) in MEETING - PARTICLES - KIND_BEHIND.keys()
        return self._hit(at, at, "NAAM", "context") if acts or met or told else (None, at)

    def _is_no_word(self, at: int) -> bool:
        """Whether Dutch does not have a word, and it is not one that was mistyped."""
        word = self._base(at)
        return len(word) > 3 and word.isalpha() and not self._is_word(word) and \
            not is_mistyped(word) and word not in self.known.english and \
            not self.tokens[at].word.isupper()

    def _unknown_kind(self, at: int) -> str:
        """Return what the words before a word that Dutch does not have make of it."""
        place = at - 1
        while self._word(place) in PARTICLES - WHERE and self._joined(place + 1) \
                and place > at - 3:
            place -= 1
        if not all(map(self._joined, range(place + 1, at + 1))):
            return ""
        return KIND_BEHIND.get(self._word(place), "")

