"""How the tests are shared out among processes."""

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

_PAGE = "page"


class Rooms(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps the tests of a file in one process, and all that open the page: what they share is made once.

    The page comes first, for it takes the longest, and the files in their order: the library would begin with those that have
    the most tests, which are the quickest.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return the name of the room in which a test is run."""
        file = nodeid.split("::", 1)[0]
        return _PAGE if file.startswith("tests/ui/") else file

    def _assign_work_unit(self, node: object) -> None:
        """Give a process the next room."""
        if _PAGE in self.workqueue:
            self.workqueue.move_to_end(_PAGE, last=False)
        super()._assign_work_unit(node)
