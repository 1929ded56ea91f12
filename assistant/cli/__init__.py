"""The command line: arguments in, text or JSON out."""

from assistant.cli import (
    checking,
    corpus,
    doctor,
    drafting,
    eval_draft,
    evaluation,
    exporting,
    masking,
    polishing,
    redoing,
    reports,
    ui,
)
from assistant.cli.app import app

__all__ = [
    "app",
    "checking",
    "corpus",
    "doctor",
    "drafting",
    "eval_draft",
    "evaluation",
    "exporting",
    "masking",
    "polishing",
    "redoing",
    "reports",
    "ui",
]
