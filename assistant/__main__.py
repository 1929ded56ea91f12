"""Entry point of ``gongwen`` and ``python -m assistant``."""

import sys

from assistant.errors import GongwenError


def main() -> None:
    """Run the command line; an error that is the user's to mend is one sentence and exit code 2."""
    try:
        from assistant.cli.app import run

        sys.exit(run(sys.argv[1:] or ["--help"]))
    except GongwenError as error:
        _complain(f"错误：{error}", code=2)
    except KeyboardInterrupt:
        _complain("已停止。", code=130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _complain(text: str, *, code: int) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - the edge
    sys.exit(code)


if __name__ == "__main__":
    main()
