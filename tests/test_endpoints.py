"""endpoints.yml, as Rasa reads it: a mistake there is not told, the assistant only works less well."""

from __future__ import annotations

import pytest
import yaml
from rasa.shared.utils.common import class_from_module_path
from rasa.utils.endpoints import read_endpoint_config

from bot.paths import ROOT

FILE = ROOT / "endpoints.yml"
OURS = {name: given["type"] for name, given in yaml.safe_load(FILE.read_text()).items() if "type" in given}


def test_the_action_server_is_asked_at_the_port_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa fills in ${…} only in plain scalars: in quotes it would stay, and no action would ever be reached."""
    monkeypatch.setenv("ACTIONS_PORT", "4711")
    endpoint = read_endpoint_config(str(FILE), "action_endpoint")
    assert endpoint is not None
    assert endpoint.url == "http://127.0.0.1:4711/webhook"


@pytest.mark.parametrize(("name", "path"), OURS.items())
def test_a_class_that_is_named_is_there(name: str, path: str) -> None:
    """For a tracker store that is not, Rasa takes one in memory."""
    assert class_from_module_path(path).__module__.startswith("bot."), name


def test_every_endpoint_is_ours() -> None:
    assert set(OURS) == {"nlg", "tracker_store", "lock_store"}
