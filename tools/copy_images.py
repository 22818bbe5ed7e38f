"""Copy the figures that the docs show from results/ to docs/images: `make images`.

Give `wbkit run` first. The list docs/images/index.csv keeps the fingerprint of what each picture
shows; a test compares it with the accepted results, so that no picture shows old data.
"""

import csv
import json
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
FIGURES, IMAGES = ROOT / "results" / "figures", ROOT / "docs" / "images"
SHOWN = ("20_coach", "21_naast_elkaar", "30_hielp", "41_groei", "11_dringend", "31_aanbod",
         "13_vertragers_team")
WIDTH, COLOURS = 1100, 24  # pixels; few colours are in a figure, so that few bytes will do


def main() -> None:
    """Write each picture, and the list of their fingerprints."""
    IMAGES.mkdir(exist_ok=True)
    with (IMAGES / "index.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(["name", "fingerprint"])
        for name in SHOWN:
            shrink(FIGURES / f"{name}.png", IMAGES / f"{name}.png")
            about = json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))
            rows.writerow([name, about["fingerprint"]])


def shrink(source: Path, target: Path) -> None:
    """Write a picture with fewer pixels and colours."""
    with Image.open(source) as picture:
        height = round(picture.height * WIDTH / picture.width)
        small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
        small.quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    main()
