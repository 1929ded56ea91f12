"""What check does with each file: correct, check, print, and sum up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.cli.findings import print_correction, print_coverage, print_findings
from assistant.cli.output import notice, print_json
from assistant.errors import InputError
from assistant.types import Level

if TYPE_CHECKING:
    from assistant.checks.rulebook import Rules
    from assistant.workflow.checking import CheckRequest
    from assistant.workflow.correcting import Correction

FOUND = 1
FAILED = 2


@dataclass
class Checks:
    """What is done with each file, and what has come of it so far."""

    rules: "Rules"
    grounds: "CheckRequest"
    level: Level | None
    as_json: bool
    fix: bool
    out: Path | None
    counted: int = 0
    hidden: int = 0
    changed: int = 0

    def run(self, files: Sequence[Path]) -> int:
        """Check each file and return the exit code; one that cannot be read does not stop the others."""
        failed = False
        for path in files:
            try:
                self._check(path)
            except InputError as error:
                if len(files) == 1:
                    raise
                failed = True
                notice(f"错误：{error}")
        if not self.as_json:
            self._sum_up()
        return FAILED if failed else FOUND if self.counted or self.changed else 0

    def _check(self, path: Path) -> None:
        from assistant.documents.reading import read_text
        from assistant.workflow.checking import check, shown

        text = read_text(path)
        correction, saved = self._correct(path, text) if self.fix else (None, None)
        request = replace(self.grounds, text=correction.text if correction else text)
        grounding = check(request, self.rules)
        least = self.level or (Level.INFO if self.as_json else Level.WARN)
        findings = shown(grounding.findings, least)
        self.counted += len(shown(findings, self.level or Level.WARN))
        self.hidden += len(grounding.findings) - len(findings)
        if self.as_json:
            from assistant.workflow.forms import correction_form, grounding_form

            form = {"file": str(path), **grounding_form(replace(grounding, findings=findings))}
            print_json(form | ({"corrected": correction_form(correction, saved)} if correction else {}))
            return
        if correction:
            print_correction(correction, text, path, saved)
        refused = correction.refused if correction else ()
        print_findings(findings, request.text, str(saved or path), refused=refused)
        if request.notes:
            print_coverage(grounding, request.notes)

    def _correct(self, path: Path, text: str) -> tuple["Correction", Path | None]:
        from assistant.workflow.correcting import correct, save_correction

        correction = correct(text, rules=self.rules, level=self.level or Level.WARN)
        self.changed += len(correction.changes)
        saved = save_correction(path, correction, out=self.out) if correction.changes else None
        return correction, saved

    def _sum_up(self) -> None:
        if self.counted:
            typer.echo(f"{'还有' if self.changed else '共'}{self.counted}处，请逐处核对。")
        else:
            typer.echo("改后没有发现别的问题。" if self.changed else "没有发现问题。")
        if self.hidden and self.level is None:
            typer.echo(f"另有{self.hidden}处参考没有列出，要看请加 --level info。")


def print_batch(path: Path, rules: "Rules", level: Level | None) -> int:
    """Check each line of a .jsonl file, print what is found and return the exit code."""
    from assistant.workflow.checking import check_batch, shown
    from assistant.workflow.forms import grounding_form

    counted = 0
    for id_, grounding in check_batch(path, rules):
        findings = shown(grounding.findings, level or Level.INFO)
        counted += len(shown(findings, level or Level.WARN))
        print_json({"id": id_, **grounding_form(replace(grounding, findings=findings))})
    return FOUND if counted else 0
