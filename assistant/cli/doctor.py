"""The command that looks at the installation."""

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.output import print_json


@app.command("doctor")
def examine_installation(as_json: AsJson = False) -> None:
    """检查设置、索引、接口能否连上和各库版本。"""
    from assistant.workflow.doctor import diagnose

    conditions = list(diagnose(current_settings()))
    if as_json:
        print_json([{"name": each.name, "ok": each.ok, "text": each.text} for each in conditions])
        return
    marks = {True: "✓", False: "✗", None: "·"}
    for each in conditions:
        typer.echo(f"{marks[each.ok]} {each.name}：{each.text}")
