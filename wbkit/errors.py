"""Every error that wbkit raises on purpose, by stage."""

from wbkit.messages import Told


class WbkitError(ValueError):
    """Something in a study, its data or a request is not in order.

    The message says where, what is there, what may be there and what to do, in the language
    that is spoken when it is shown.
    """

    def __str__(self) -> str:
        """Word the message."""
        told = self.args[0] if self.args else ""
        return told.again() if isinstance(told, Told) else str(told)


class StudyError(WbkitError):
    """study.toml cannot be read or contradicts itself."""


class CodebookError(WbkitError):
    """codebook.toml cannot be read or contradicts itself."""


class DataError(WbkitError):
    """The data do not fit the study, or cannot answer the request."""


class CodingError(WbkitError):
    """Codings are missing, misplaced, or too few for the coefficient asked for."""


class DisclosureError(WbkitError):
    """The result could make somebody recognisable."""
