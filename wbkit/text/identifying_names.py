"""People, places, schools and organisations that are named in running Dutch text.

A name is known by a list, by the words around it ("mijn coach heet …", "stage bij …") or by a
capital in the middle of a sentence. A nickname, or a story about one person, is not seen.
"""

from collections.abc import Iterator, Sequence

from wbkit.text.identifying_numbers import Hit
from wbkit.text.name_words import (
    DIRECTIONS,
    GENITIVE,
    LETTERS_ONLY,
    LOWER_ENDINGS,
    PARTICLES,
    SCHOOL_ENDS,
    SHORT_FORMS,
    SPEECH,
    Lists,
    Token,
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


class Reader:
    """Walks through the words of one text."""

    def __init__(self, text: str, tokens: Sequence[Token], known: Lists) -> None:
        self.text, self.tokens, self.known = text, tokens, known
        self.plain = [one.plain for one in tokens]
        inside = [one for one in tokens if not one.begins]
        small = {one.plain for one in tokens if not one.capital}
        self.learned = frozenset(  # names elsewhere in this text, so at a beginning too
            one.plain for one in inside if one.capital and one.plain not in small
            and not known.is_ordinary(one.plain) and len(one.word) > 2 and not one.word.isupper())

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
                     self._small):
            hit, following = look(at)
            if hit is not None:
                return hit, following
        return None, at + 1

    def _word(self, at: int) -> str:
        return self.plain[at] if 0 <= at < len(self.plain) else ""

    def _joined(self, at: int) -> bool:
        """Whether nothing but a space stands between a word and the one before it."""
        if not 0 < at < len(self.tokens):
            return False
        between = self.text[self.tokens[at - 1].end:self.tokens[at].start]
        return between in (" ", "") or (between == ". " and self._word(at - 1) in SHORT_FORMS)

    def _hit(self, first: int, last: int, kind: str, reason: str) -> tuple[Hit, int]:
        start, end = self.tokens[first].start, self.tokens[last].last
        if self._genitive(last):
            end -= 1
        return Hit(start, end, kind, reason), last + 1

    def _genitive(self, at: int) -> bool:
        """Whether a name ends in the s of a genitive: "Annes boek"."""
        word = self.tokens[at].plain
        return (word.endswith("s") and len(word) > 3 and word[:-1] in self.known.first
                and word not in self.known.first | self.known.surnames | self.known.places)

    def _base(self, at: int) -> str:
        word = self._word(at)
        return word[:-1] if 0 <= at < len(self.tokens) and self._genitive(at) else word

    # Names that begin with what somebody is called: meneer, juf

    def _titled(self, at: int) -> tuple[Hit | None, int]:
        word, known = self._word(at), self.known
        if word not in known.titles or not self._joined(at + 1):
            return None, at
        last = self._name_behind(at + 1, weak=word in known.weak_titles)
        return self._hit(at, last, "NAAM", "context") if last else (None, at)

    def _name_behind(self, at: int, *, weak: bool = False) -> int:
        """Return the last word of the name that begins here; 0 when there is none."""
        place = at
        while self._word(place) in PARTICLES | SHORT_FORMS and self._joined(place + 1) \
                and place < at + 4:
            place += 1
        if place >= len(self.tokens) or (place > at and not self._joined(place)):
            return 0
        one, known = self.tokens[place], self.known
        if self._word(place - 1) in ("den", "der", "ten", "ter") and place > at:
            return self._more(place) if one.capital else place
        single = len(one.word) == 1 and one.capital
        if one.capital and (not known.is_ordinary(one.plain) or known.is_name(one.plain)) or single:
            return self._more(place)
        if one.capital:
            return 0
        if known.is_name(one.plain) and one.plain not in known.common:
            return self._more_small(place)
        unknown = one.plain.isalpha() and len(one.plain) > 2 and not self._is_word(one.plain)
        return place if unknown and not weak else 0

    def _is_word(self, word: str) -> bool:
        """Whether small letters make a word of the language rather than a name."""
        known = self.known
        return (word in known.common or word in known.safe or word in known.roles
                or word in ORDINARY_WORDS or word.endswith(LOWER_ENDINGS)
                or word in known.organisations or word in SPEECH)

    def _more(self, at: int) -> int:
        """Return the last word of a name with capitals that goes on from here."""
        last = at
        while self._joined(last + 1) or self.tokens[last].initials and last + 1 < len(self.tokens):
            place = last + 1
            while self._word(place) in PARTICLES and not self.tokens[place].capital \
                    and self._joined(place + 1) and place < last + 3:
                place += 1
            if place >= len(self.tokens) or not self._joined(place):
                break
            one = self.tokens[place]
            surname = one.plain in self.known.surnames or self.known.is_name(one.plain)
            good = one.capital and (surname or one.plain in SCHOOL_ENDS
                                    or not self.known.is_ordinary(one.plain))
            elsewhere = place == last + 2 and self._word(place - 1) == "van" and (
                one.plain in self.known.openings or one.plain in self.known.places)
            if not good or elsewhere or (GENITIVE.search(self.tokens[last].word)):
                break
            last = place
        return last

    def _more_small(self, at: int) -> int:
        """Return the last word of a name in small letters that goes on from here."""
        place = at + 1
        while self._word(place) in PARTICLES and self._joined(place) and place < at + 4:
            place += 1
        if not self._joined(place) or GENITIVE.search(self.tokens[at].word) or self._genitive(at):
            return at
        word, behind = self._word(place), place > at + 1
        if behind and not LETTERS_ONLY.fullmatch(word):
            return at
        if behind and self._word(place - 1) in ("den", "der", "ten", "ter", "el", "al"):
            return place
        ordinary = self.known.words_too | ORDINARY_NAMES | self.known.common
        surname = word in self.known.surnames and word not in ordinary
        return place if surname or (behind and word in self.known.surnames | ORDINARY_NAMES) else at

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
        return last + 1 if self._joined(last + 1) and self.tokens[last + 1].capital and (
            self._word(last + 1) in ("college", "mbo", "opleidingen")) else last

    # "zorgcentrum De Wissel", "basisschool de regenboog", "ROC van Twente"

    def _with_kind(self, at: int) -> tuple[Hit | None, int]:
        word, known = self._word(at), self.known
        kind = "ORG" if word in known.organisations or word.endswith(
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
        if not named or (one.plain in known.places and kind == "ORG" and place > at + 1):
            return None, at
        return self._hit(at, self._more(place), kind, "context")

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
            after in known.surnames or after in PARTICLES)
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
        if base in known.certain:
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
            cue = self._joined(at) and (self._word(at - 1) in known.places_before or (
                self._word(at - 1) == "van" and self._word(last + 1) == "naar"))
            lives = cue and any(self._word(at - n) in LIVING for n in range(1, 6))
            lives = lives or (words in known.verbs_too and cue and self._word(at - 1) != "te")
            if (bare in known.places or words in known.places) and (
                    lives and words not in known.common or words not in known.doubtful and (
                        cue or len(words) >= 6 or length > 1)
                    and self._word(at) not in ("de", "het", "een")):
                return self._hit(at, last, "PLAATS", "list")
        return None, at
