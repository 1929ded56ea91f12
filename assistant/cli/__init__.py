"""The command line: arguments in, text or JSON out."""

from assistant.cli import corpus, doctor, drafting, evaluation, reports
from assistant.cli.app import app

__all__ = ["app", "corpus", "doctor", "drafting", "evaluation", "reports"]
