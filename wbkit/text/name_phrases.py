"""Where a name goes on in running Dutch text: its words, from the first to the last."""

from collections.abc import Sequence

from wbkit.text.dutch_words import is_listed, is_word
from wbkit.text.identifying_numbers import Hit
from wbkit.text.name_words import (
    GENITIVE,
    LETTERS_ONLY,
    PARTICLES,
    SCHOOL_ENDS,
    SHORT_FORMS,
    SPEECH,
    Lists,
    Token,
)
from wbkit.text.person_names import ORDINARY_NAMES, ORDINARY_WORDS


class Phrases:
    """The words of one text, and the names that they make together."""

    def __init__(self, text: str, tokens: Sequence[Token], known: Lists) -> None:
        self.text, self.tokens, self.known = text, tokens, known
        self.plain = [one.plain for one in tokens]
        inside = [one for one in tokens if not one.begins]
        small = {one.plain for one in tokens if not one.capital}
        self.learned = frozenset(  # names elsewhere in this text, so at a beginning too
            one.plain for one in inside if one.capital and one.plain not in small
            and not known.is_ordinary(one.plain) and len(one.word) > 2 and not one.word.isupper())

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

    def _name_behind(self, at: int, *, weak: bool = False) -> int:
        """Return the last word of the name that begins here; 0 when there is none."""
        place = at
        while (self._word(place) in PARTICLES | SHORT_FORMS or self._small_initial(place)) \
                and self._joined(place + 1) and place < at + 4:
            place += 1
        if place >= len(self.tokens) or (place > at and not self._joined(place)):
            return 0
        one, known = self.tokens[place], self.known
        if self._word(place - 1) in ("den", "der", "ten", "ter", "'t") and place > at:
            return self._more(place) if one.capital else place
        single = len(one.word) == 1 and one.capital
        if one.capital and (not known.is_ordinary(one.plain) or known.is_name(one.plain)) or single:
            return self._more(place)
        if one.capital:
            return 0
        if known.is_name(one.plain) and one.plain not in known.common:
            return self._more_small(place)
        unknown = one.plain.isalpha() and len(one.plain) > 2 and not self._is_plain(one.plain)
        return place if unknown and not weak else 0

    def _small_initial(self, at: int) -> bool:
        """Whether an initial stands here in small letters: "dhr. k. de graaf"."""
        return 0 <= at < len(self.tokens) and len(self._word(at)) == 1 and \
            self.tokens[at].word.endswith(".")

    def _is_word(self, word: str) -> bool:
        """Whether small letters make a word of the language rather than a name."""
        known = self.known
        return (word in known.common or word in known.safe or word in known.roles
                or word in ORDINARY_WORDS or word in known.organisations or word in SPEECH
                or is_word(word))

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
                                    or self.tokens[last].initials and place > last + 1
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
        if not behind and word in self.known.certain:
            return self._more_small(place)
        if behind and self._word(place - 1) in ("den", "der", "ten", "ter", "el", "al"):
            return place
        ordinary = self.known.words_too | ORDINARY_NAMES | self.known.common
        surname = word in self.known.surnames and word not in ordinary or self._like_surname(word)
        return place if surname or (behind and word in self.known.surnames | ORDINARY_NAMES) else at

    def _like_surname(self, word: str) -> bool:
        """Whether a word that no list has is made as surnames are: "veldman"."""
        return word.isalpha() and not self._is_plain(word) and word.endswith(
            tuple(self.known.surname_ends)) and word not in self.known.surname_ends

    def _is_plain(self, word: str) -> bool:
        """Whether a word stands in a list, and is more than a compound of two words."""
        known = self.known
        return is_listed(word) or word in known.common | known.safe | known.roles | ORDINARY_WORDS

    def _more_unknown(self, at: int) -> int:
        """Return the last of the words that Dutch does not have, from here."""
        last = at
        while self._joined(last + 1) and self._word(last + 1).isalpha() \
                and not self.tokens[last + 1].capital and not self._is_word(self._word(last + 1)):
            last += 1
        return last
