"""Entry point of ``gongwen`` and ``python -m assistant``."""

import sys

from assistant.errors import GongwenError


def main() -> None:
    """Run the command line; an error that is the user's to mend is one sentence and exit code 2."""
    from assistant.cli import app
    from assistant.cli.app import speak_chinese, use_utf8

    use_utf8()
    speak_chinese(sys.argv[1:])
    try:
        app(prog_name="gongwen")
    except GongwenError as error:
        print(f"错误：{error}", file=sys.stderr)  # noqa: T201 - the edge
        sys.exit(2)
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)  # noqa: T201 - the edge
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
