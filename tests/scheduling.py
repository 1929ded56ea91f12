"""How the tests are shared out among processes."""

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]


class Rooms(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps the tests of a file in one process, and all that open the page: what they share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the name of the room in which a test is run."""
        file = nodeid.split("::", 1)[0]
        return "page" if file.startswith("tests/ui/") else file
