"""The command line: arguments in, text or JSON out."""

from assistant.cli import doctor, drafting, reports
from assistant.cli.app import app

__all__ = ["app", "doctor", "drafting", "reports"]
