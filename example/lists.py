"""Write the register and the small lists as an administration would: semicolons, Dutch numbers."""

import csv
import shutil
from pathlib import Path

import pandas as pd

COUNTS = ["ingeschreven", "vertragers", "extraneus"]
LISTS = ["begripscheck", "good_practices", "activiteiten"]
LAST_YEAR, EVERYONE = "2022-2023", "alle teams"


def write_lists(inputs: Path, folder: Path) -> None:
    """Write the csv files, each row marked as synthetic, and the versions of the term."""
    _write(with_total(_read(inputs / "register.csv")), folder / "register.csv")
    for name in LISTS:
        _write(_read(inputs / f"{name}.csv"), folder / f"{name}.csv")
    shutil.copyfile(inputs / "begrip.toml", folder / "begrip.toml")


def with_total(register: pd.DataFrame) -> pd.DataFrame:
    """Add the total of bol in the last year, with a thousands mark, as an administration does."""
    last = register[register["schooljaar"].eq(LAST_YEAR) & register["leerweg"].eq("bol")]
    sums = last[COUNTS].astype(int).sum().map(lambda n: f"{n:,}".replace(",", "."))
    return pd.concat([register, last.iloc[[-1]].assign(team=EVERYONE, **sums)])


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _write(frame: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow([*frame.columns, "synthetisch"])
        writer.writerows([*row, "ja"] for row in frame.itertuples(index=False))
