"""What a person still has to change in a draft, line by line, to get the final study.toml."""

import tomllib

# Not compared: the draft cannot know them, or they are not about the file.
WORDS = {"short", "value_labels", "missing_labels"}  # translations and short words for figures
TAGS = {"theme", "questions"}
MARKS = {"guessed"}
DERIVED = ("recode", "any_of", "none_of", "both")
# Decisions and remarks that a person adds to the draft; no file holds them.
ADDED = ("note", "set_aside", "duplicates", "moments", "scales", "public", "unit_label")


def differences(draft, final):
    """Return the lines of the draft that are wrong, and what a person adds.

    Parameters
    ----------
    draft, final
        A source of study.toml, as dicts.

    Returns
    -------
    list of str
        Wrong lines: ``heading: key``.
    list of str
        Added: keys of the source, and ``heading: key`` of its items.
    """
    asked = {key: item for key, item in final["items"].items() if not set(DERIVED) & set(item)}
    ids = {item.get("column", key): key for key, item in asked.items()}
    drafted = {item["column"]: item for item in draft["items"].values()}
    names = {key: ids.get(item["column"]) for key, item in draft["items"].items()}
    wrong = [f"source: {key}" for key in ("file", "format", "unit", "synthetic", "kind")
             if draft.get(key) != final.get(key)]
    wrong += ["source: label"] if draft["label"] != dutch(final["label"]) else []
    wrong += [f"{heading}: no item" for heading in set(drafted) ^ set(ids)]
    added = [f"source: {key}" for key in ADDED if final.get(key)]
    for heading in set(drafted) & set(ids):
        own, other = drafted[heading], asked[ids[heading]]
        keys = (set(own) | set(other)) - WORDS - TAGS - MARKS - {"column", "label", *ADDED}
        wrong += [f"{heading}: {key}" for key in keys
                  if written(own, key, names) != written(other, key, {})]
        said = dutch(other.get("label", heading)) or heading
        wrong += [f"{heading}: label"] if own.get("label", heading) != said else []
        added += [f"{heading}: {key}" for key in ADDED if key in other]
    return sorted(wrong), sorted(added)


def dutch(label):
    return label.get("nl") if isinstance(label, dict) else label


def written(item, key, names):
    """Return a value so that only what matters differs: nominal answers have no order."""
    value = item.get(key)
    if key == "asked_if" and value:
        return {names.get(parent, parent): sorted(answers) for parent, answers in value.items()}
    if key == "values" and item["kind"] in ("nominal", "multiple") and isinstance(value, list):
        return sorted(value)
    return value


def source_of(text):
    """Return the only source of a study.toml."""
    (source,) = tomllib.loads(text)["sources"].values()
    return source
