"""The file beside reports that says what they are, where their texts do not or not rightly."""

import json
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InputError
from assistant.types import ReportData


class Record(BaseModel):
    """What a sidecar says of one file; a key that is written counts, null too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Annotated[str, Field(min_length=1)]
    title: str | None = None
    kind: str | None = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    unit: str | None = None
    sha256: str | None = None
    owner: str | None = None
    about: str | None = None

    def over(self, data: ReportData) -> ReportData:
        """Return ``data`` with what this record says in its place."""
        return ReportData(
            **{
                key: getattr(self, key) if key in self.model_fields_set else getattr(data, key)
                for key in ("title", "kind", "year", "unit")
            }
        )


class _Sidecar(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str | None = None
    reports: list[Record]


def parse_sidecar(data: bytes, *, name: str) -> dict[str, Record]:
    """Return the records of a sidecar by their file. What does not fit is an `InputError` that names file and key."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"“{name}”不是有效的 JSON，请改正后再试。") from error
    try:
        records = _Sidecar.model_validate(content).reports
    except ValidationError as error:
        raise InputError(f"“{name}”{_fault(content, error)}，请改正后再试。") from error
    return {record.file: record for record in records}


def _fault(content: object, error: ValidationError) -> str:
    """Say where in the sidecar the first fault is."""
    first = error.errors()[0]
    place = list(first["loc"])
    unknown = first["type"] == "extra_forbidden"
    what = f"有不认识的键“{place[-1]}”" if unknown else f"的键“{place[-1] if place else 'reports'}”不可用"
    if len(place) < 2 or not isinstance(content, dict):
        return what
    record = content["reports"][int(place[1])]
    file = record.get("file") if isinstance(record, dict) else None
    return f"第{int(place[1]) + 1}条（{file or '没有写 file'}）{what}"
