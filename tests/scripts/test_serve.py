"""`make run` starts every part, says where they are, and leaves none behind, however the end comes."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess

import pytest

from tests.scripts.conftest import SERVE, Checkout, alive, eventually, executable


def test_it_waits_for_each_part_and_prints_the_addresses(checkout: Checkout) -> None:
    running = checkout.start()
    assert running.stdout is not None
    said = ""
    for line in running.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    assert all(f"{name} is ready after" in said for name in checkout.ports)
    assert f"http://127.0.0.1:{checkout.ports['frontdesk']}/" in said
    running.send_signal(signal.SIGINT)
    checkout.finish()


def test_whoever_starts_it_first_is_told_how_to_get_to_the_desk(checkout: Checkout) -> None:
    program = '#!/bin/sh\n[ "$1" = administrator ] && echo "demo a-password"\nexit 0\n'
    executable(checkout.root / "frontdesk/.venv/bin/frontdesk", program)
    running = checkout.start()
    assert running.stdout is not None
    said = "".join(itertools.takewhile(lambda line: "Ctrl-C" not in line, running.stdout))
    running.send_signal(signal.SIGINT)
    checkout.finish()
    assert "/desk/ log in as demo with a-password (shown only now)" in said


def test_a_start_that_fails_makes_no_login_that_nobody_has_seen(checkout: Checkout) -> None:
    asked = checkout.root / "asked"
    program = f'#!/bin/sh\n[ "$1" = administrator ] && touch {asked}\nexit 0\n'
    executable(checkout.root / "frontdesk/.venv/bin/frontdesk", program)
    checkout.procfile({"assistant": "fails"})
    checkout.start()
    code, _ = checkout.finish()
    assert (code, asked.exists()) == (1, False)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, id="a polite end"),
        pytest.param(signal.SIGHUP, id="a closed terminal"),
    ],
)
def test_asked_to_stop_it_stops_everything_and_exits_0(checkout: Checkout, number: signal.Signals) -> None:
    checkout.start_until_ready().send_signal(number)
    code, output = checkout.finish()
    assert (code, checkout.left()) == (0, [])
    assert "Everything has stopped." in output


def test_under_nohup_a_closed_terminal_stops_nothing(checkout: Checkout) -> None:
    running = checkout.start_until_ready(("nohup", *SERVE))
    running.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        checkout.finish(within_s=1)
    running.send_signal(signal.SIGTERM)
    code, _ = checkout.finish()
    assert (code, checkout.left()) == (0, [])


def test_ctrl_c_while_starting_stops_everything(checkout: Checkout) -> None:
    checkout.procfile({"assistant": "unready"})
    running = checkout.start()
    pids = [checkout.pid(name) for name in checkout.ports]
    running.send_signal(signal.SIGINT)
    code, _ = checkout.finish()
    assert code == 0
    assert not any(alive(pid) for pid in pids)


@pytest.mark.parametrize("name", ["assistant", "actions", "frontdesk"])
def test_a_killed_part_ends_the_rest(checkout: Checkout, name: str) -> None:
    checkout.start_until_ready()
    os.kill(checkout.pid(name), signal.SIGKILL)
    code, output = checkout.finish()
    assert (code, checkout.left()) == (1, [])
    assert f"{name} stopped (ended by signal 9)." in output


def test_a_part_that_cannot_start_is_named_with_its_last_words(checkout: Checkout) -> None:
    checkout.procfile({"assistant": "fails"})
    checkout.start()
    code, output = checkout.finish()
    assert (code, checkout.left()) == (1, [])
    assert "assistant stopped (exit code 1)." in output
    assert "the model is broken" in output


def test_what_a_killed_part_had_started_ends_with_it(checkout: Checkout) -> None:
    checkout.procfile({"assistant": "parent"})
    checkout.start_until_ready()
    child = checkout.pid("assistant", ".child")
    os.kill(checkout.pid("assistant"), signal.SIGKILL)
    checkout.finish()
    assert eventually(lambda: not alive(child))


def test_a_part_that_ignores_the_polite_end_is_ended(checkout: Checkout) -> None:
    checkout.procfile({"actions": "stubborn"})
    checkout.start_until_ready().send_signal(signal.SIGINT)
    code, _ = checkout.finish()
    assert (code, checkout.left()) == (0, [])


def test_honcho_killed_ends_every_part(checkout: Checkout) -> None:
    checkout.start_until_ready()
    os.kill(checkout.honcho(), signal.SIGKILL)
    code, output = checkout.finish()
    assert (code, checkout.left()) == (1, [])
    assert "honcho, which runs the parts, stopped (ended by signal 9)." in output


def test_make_run_itself_killed_ends_every_part(checkout: Checkout) -> None:
    running = checkout.start_until_ready()
    honcho = checkout.honcho()
    running.kill()
    checkout.finish()
    assert eventually(lambda: not checkout.left() and not alive(honcho))


def test_whoever_started_make_run_killed_ends_every_part(checkout: Checkout) -> None:
    running = checkout.start_until_ready(("sh", "-c", f"{' '.join(SERVE)}; exit $?"))
    running.kill()
    _, output = checkout.finish()
    assert "Everything has stopped." in output
    assert checkout.left() == []


def test_a_part_that_never_gets_ready_is_named(checkout: Checkout) -> None:
    serve = checkout.root / "scripts/serve.py"
    serve.write_text(serve.read_text().replace("READY_WITHIN_S = 300.0", "READY_WITHIN_S = 1.0"))
    checkout.procfile({"assistant": "unready"})
    checkout.start()
    code, output = checkout.finish()
    assert (code, checkout.left()) == (1, [])
    assert "Not ready after 1 s: assistant." in output


@pytest.mark.parametrize("setting", ["ASSISTANT_PORT", "ACTIONS_PORT", "FRONTDESK_PORT"])
def test_a_taken_port_is_one_line_that_names_the_setting(checkout: Checkout, setting: str) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", int(checkout.settings[setting])))
        taken.listen(1)
        checkout.start()
        code, output = checkout.finish()
    assert code == 1
    assert output.splitlines()[-1].startswith(f"{setting}: port {checkout.settings[setting]} is taken")
    assert not checkout.log()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("ACTIONS_PORT=80000", "ACTIONS_PORT: must be a port from 1 to 65535, not '80000'", id="too high"),
        pytest.param("ACTIONS_PORT=", "ACTIONS_PORT: must be a port from 1 to 65535, not ''", id="empty"),
        pytest.param("FRONTDESK_PORT=http", "FRONTDESK_PORT: must be a port from 1 to 65535, not 'http'", id="a word"),
    ],
)
def test_a_bad_port_in_env_is_one_line_and_exit_code_2(checkout: Checkout, line: str, said: str) -> None:
    (checkout.root / ".env").write_text(f"{line}\n")
    checkout.start()
    code, output = checkout.finish()
    assert (code, output.splitlines()[-1]) == (2, said)


def test_an_env_that_is_not_text_is_one_line_and_exit_code_2(checkout: Checkout) -> None:
    (checkout.root / ".env").write_bytes(b"HELPLINE_NAME=\xff\xfe\n")
    checkout.start()
    code, output = checkout.finish()
    assert (code, output.splitlines()[-1]) == (2, ".env: cannot be read as UTF-8 text (UnicodeDecodeError)")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(
            "# ours\n\nHELPLINE_NUMBR=760-555-0123\n", ".env: line 3: HELPLINE_NUMBR is no setting", id="a slip"
        ),
        pytest.param("call 760-555-0123\n", ".env: line 1 is not NAME=value", id="words"),
        pytest.param("MODE\n", ".env: line 1 is not NAME=value", id="a name alone"),
    ],
)
def test_a_line_of_env_that_sets_nothing_is_one_line_and_exit_code_2(checkout: Checkout, lines: str, said: str) -> None:
    (checkout.root / ".env").write_text(lines)
    checkout.start()
    code, output = checkout.finish()
    assert code == 2
    assert output.splitlines()[-1].startswith(said)


def test_two_parts_on_one_port_are_refused(checkout: Checkout) -> None:
    (checkout.root / ".env").write_text(f"ACTIONS_PORT={checkout.settings['ASSISTANT_PORT']}\n")
    checkout.start()
    code, output = checkout.finish()
    assert (code, "ACTIONS_PORT and ASSISTANT_PORT are both" in output) == (2, True)


@pytest.mark.parametrize("program", [".venv/bin/helpline", "frontdesk/.venv/bin/frontdesk"])
def test_what_a_program_says_of_its_settings_is_passed_on(checkout: Checkout, program: str) -> None:
    executable(checkout.root / program, "#!/bin/sh\necho 'HELPLINE_NUMBER: not a US number' >&2\nexit 2\n")
    checkout.start()
    code, output = checkout.finish()
    assert (code, output.splitlines()[-1]) == (2, "HELPLINE_NUMBER: not a US number")
