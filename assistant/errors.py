"""The errors a user can meet. Each message is one Chinese sentence that says what is wrong and what to do.

    GongwenError
    ├── InputError       a file, notes, a section name or an option is not usable
    ├── SettingsError    a setting is missing, unknown or contradicts another
    ├── CorpusError      the index is missing, damaged, locked or made by another embedder
    └── ModelError       an endpoint did not answer as it should; carries what had arrived

They are caught in two places: at the retry, and at the edge (command line or page). Anything else is a bug.
"""


class GongwenError(Exception):
    """Base of all errors that are the user's to mend."""


class InputError(GongwenError):
    """A file, notes, a section name or an option is not usable."""


class SettingsError(GongwenError):
    """A setting is missing, unknown or contradicts another."""


class CorpusError(GongwenError):
    """The index is missing, damaged, locked or made by another embedder."""


class ModelError(GongwenError):
    """An endpoint did not answer as it should. ``partial`` is the text that had arrived, perhaps empty."""

    def __init__(self, message: str, *, partial: str = "") -> None:
        super().__init__(message)
        self.partial = partial
