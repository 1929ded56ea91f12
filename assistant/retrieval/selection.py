"""What a search keeps to."""

from collections.abc import Collection
from dataclasses import dataclass

from assistant.types import Role


@dataclass(frozen=True, slots=True)
class Selection:
    """Only passages of ``role``; reports by id, not one of ``exclude``, and where given one of ``include``; by year and kind."""

    role: Role | None = None
    exclude: Collection[str] = ()
    include: Collection[str] = ()
    years: Collection[int] = ()
    kinds: Collection[str] = ()

    @property
    def picks_reports(self) -> bool:
        """Tell whether only some reports are wanted, for whatever reason."""
        return bool(self.include or self.years or self.kinds)

    def wants(self, report: str, year: int | None, kind: str | None) -> bool:
        """Tell whether passages of a report are wanted."""
        return (
            report not in self.exclude
            and (not self.include or report in self.include)
            and (not self.years or year in self.years)
            and (not self.kinds or kind in self.kinds)
        )
