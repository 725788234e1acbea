"""`lorplan schema`."""

from __future__ import annotations

from lorplan.cli.options import ColorOption
from lorplan.cli.terminal import Terminal


def schema(*, color: ColorOption = "auto") -> None:
    """Print the JSON Schema of the plan file.

    Editors use it to complete and check YAML as you type.

    Example:
      lorplan schema > schema.json
    """
    from lorplan.planfile.json_schema import json_schema

    Terminal("json", color).print_document(json_schema())
