"""`lorplan schema`."""

from __future__ import annotations

from lorplan.cli.options import ColorOption
from lorplan.cli.terminal import Terminal


def schema(*, color: ColorOption = "auto") -> None:
    """The JSON Schema of the plan file.

    For editors that complete and check YAML as it is typed.

    Example: lorplan schema > lorplan.schema.json
    """
    from lorplan.planfile.json_schema import schema as described  # noqa: PLC0415 - no other command needs it

    Terminal("json", color).document(described())


COMMAND = schema
