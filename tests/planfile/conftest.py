"""Fixtures of the tests of plan files."""

from __future__ import annotations

import pytest
import yaml

from planfile.yaml_parsing import LOADER


@pytest.fixture(params=["libyaml", "python"])
def each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with libyaml and with PyYAML's own parser, which is used where libyaml is missing."""
    if request.param == "python":
        monkeypatch.setattr(LOADER, yaml.Loader)
    elif not yaml.__with_libyaml__:
        pytest.skip("libyaml is not installed")
