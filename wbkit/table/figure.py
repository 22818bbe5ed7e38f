"""A picture that stands on a Table."""

import hashlib
import io
from dataclasses import dataclass

from matplotlib import style
from matplotlib.figure import Figure as Picture

from wbkit.table.table import Table

DPI = 150
RENDERING = {"text.hinting": "none"}  # letters have the same width at every number of dots


@dataclass(frozen=True, repr=False)
class Figure:
    """A matplotlib figure, the Table that it draws, and words for who cannot see it.

    Parameters
    ----------
    picture
        The matplotlib figure.
    table
        The Table that it draws.
    alt
        Alternative text that states the data.
    """

    picture: Picture
    table: Table
    alt: str

    @property
    def fingerprint(self) -> str:
        """Twelve digits of the sha256 of the Table and of what the picture states of it."""
        return hashlib.sha256(f"{self.table.fingerprint}\n{self.alt}".encode()).hexdigest()[:12]

    def png(self, *, dpi: int = DPI) -> bytes:
        """Return the picture as PNG, without time or version inside.

        Parameters
        ----------
        dpi
            Dots per inch: 150 for a screen, 300 for print.

        Returns
        -------
        bytes
            The file; the same whatever the settings of the user.
        """
        stream = io.BytesIO()
        with style.context(RENDERING, after_reset=True):
            self.picture.savefig(stream, format="png", dpi=dpi,
                                 metadata={"Software": None, "Creation Time": None})
        return stream.getvalue()

    def _repr_png_(self) -> bytes:
        return self.png()

    def __repr__(self) -> str:
        return f"{self.alt}\n\n{self.table!r}"
