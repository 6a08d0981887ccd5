"""The assistant as it runs: two processes, asked over HTTP."""

from __future__ import annotations

import json
import sqlite3
import time
import urllib.error
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conftest import Talk
from tests.server.conftest import Server

WITHIN_S = 2.0
"""A reply that somebody in danger waits for."""

DANGER = {
    "an emergency": ("my brother took too many and wont wake up", "emergency", "911"),
    "a crisis": ("i want to die", "crisis", "988"),
    "a hand-off": ("i cant stop taking them", "handoff", ""),
}


@pytest.fixture(scope="module")
def unclear(talk: Talk) -> str:
    """A message this model is unsure about; which one that is differs from model to model."""
    tried = (
        "can I take two?",
        "the dose of the doctor",
        "jerks or cost or what",
        "twitch number article",
        "so is it or is it not",
        "a question about it",
        "blorf",
        "what about the other one",
        "tuesday, the small or the long",
        "is it the number of the kind",
    )
    found = (message for message in tried if talk(message)[0]["replies"][0]["response"] == "utter_unsure")
    return next(found, None) or pytest.fail("this model is unsure about none of these: add one")


def kinds(answer: Any) -> list[str]:
    return [reply["kind"] for reply in answer["replies"]]


def test_it_is_healthy(server: Server) -> None:
    assert server.healthy()


def test_a_question_is_answered(server: Server, conversation: str) -> None:
    status, answer, _ = server.ask("why do my legs jerk on oxycodone?", conversation)
    assert (status, answer["topic"], answer["intent"]) == (200, "can_opioids_cause_it", "faq")
    assert [reply["response"] for reply in answer["replies"]] == ["utter_faq/can_opioids_cause_it", "utter_disclosure"]
    assert answer["confidence"] > 0.5


def test_danger_in_spanish_is_answered_as_danger(server: Server, conversation: str) -> None:
    _, answer, _ = server.ask("mi hermano no despierta", conversation)
    assert [(reply["response"], reply["kind"]) for reply in answer["replies"]] == [("utter_spanish", "emergency")]


def test_the_turn_before_is_remembered(server: Server, conversation: str) -> None:
    server.ask("why do my legs jerk on oxycodone?", conversation)
    _, answer, _ = server.ask("does that last?", conversation)
    assert answer["topic"] == "does_it_go_away"


def test_when_unsure_topics_are_offered(server: Server, conversation: str, unclear: str) -> None:
    """Only with the action server's help, at its own port: the server alone says utter_unsure without buttons."""
    _, answer, _ = server.ask(unclear, conversation)
    assert answer["replies"][0]["kind"] == "unsure"
    assert 2 <= len(answer["replies"][0]["buttons"]) <= 3


def test_on_sms_topics_are_numbered_and_a_number_picks_one(server: Server, conversation: str, unclear: str) -> None:
    _, answer, _ = server.ask(unclear, conversation, channel="sms")
    _, *choices = answer["replies"][0]["text"].splitlines()
    assert len(choices) >= 2
    assert [line[:2] for line in choices] == [f"{place}." for place in range(1, len(choices) + 1)]
    _, picked, _ = server.ask("2", conversation, channel="sms")
    assert picked["intent"] == "faq"


def test_a_command_of_rasas_is_only_text(server: Server, conversation: str) -> None:
    server.ask("i want to die", conversation)
    for command in ("/restart", "/greet", '/crisis{"x": 1}', "/back"):
        status, answer, _ = server.ask(command, conversation)
        assert status == 200
        assert answer["replies"], command


ODD = {
    "nothing": "",
    "spaces": "   ",
    "a line": "\n",
    "a question mark": "?",
    "emoji": "😭" * 200,
    "the longest word": "x" * 10_000,
    "the longest cry": "!" * 10_000,
    "the longest panic": "please help he is not moving " * 344,
    "a null": "\u0000",
    "half of a pair": "\ud83d",
    "braces": "{helpline_number}",
    "markup": '[x](y) [a]{"entity": "b"}',
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_whatever_is_sent_gets_a_reply(server: Server, conversation: str, text: str) -> None:
    status, answer, seconds = server.ask(text, conversation)
    assert status == 200
    assert answer["replies"]
    assert seconds < 5


@pytest.mark.parametrize(("text", "kind", "line"), DANGER.values(), ids=DANGER)
def test_help_comes_while_the_action_server_hangs(
    server: Server, conversation: str, number: str, text: str, kind: str, line: str
) -> None:
    with server.hung("actions"):
        status, answer, seconds = server.ask(text, conversation)
    assert status == 200
    assert answer["replies"][0]["kind"] == kind
    assert number in answer["replies"][0]["text"]
    assert line in answer["replies"][0]["text"]
    assert seconds < WITHIN_S


def test_help_comes_while_another_turn_waits_for_the_action_server(
    server: Server, conversation: str, unclear: str
) -> None:
    with server.hung("actions"), ThreadPoolExecutor() as pool:
        waiting = [pool.submit(server.ask, unclear, uuid.uuid4().hex) for _ in range(3)]
        _, answer, seconds = server.ask("i want to die", conversation)
        assert kinds(answer) == ["crisis"]
        assert seconds < WITHIN_S
        assert all(one.result()[0] == 200 for one in waiting)


def test_unsure_is_said_while_the_action_server_hangs(server: Server, conversation: str, unclear: str) -> None:
    with server.hung("actions"):
        _, answer, seconds = server.ask(unclear, conversation)
    assert answer["replies"][0]["response"] == "utter_unsure"
    assert seconds < 5


def test_without_an_action_server_help_comes_and_unsure_is_said(server: Server, number: str, unclear: str) -> None:
    server.stop("actions")
    try:
        for text, kind, _ in DANGER.values():
            _, answer, seconds = server.ask(text, uuid.uuid4().hex)
            assert answer["replies"][0]["kind"] == kind
            assert number in answer["replies"][0]["text"]
            assert seconds < WITHIN_S
        _, answer, _ = server.ask(unclear, uuid.uuid4().hex)
        assert answer["replies"][0]["response"] == "utter_unsure"
    finally:
        server.start("actions")


def test_two_conversations_at_once_stay_apart(server: Server) -> None:
    quiet, danger = uuid.uuid4().hex, uuid.uuid4().hex
    with ThreadPoolExecutor() as pool:
        for _ in range(5):
            asked = pool.submit(server.ask, "what is myoclonus?", quiet)
            told = pool.submit(server.ask, "i want to die", danger)
            assert "crisis" not in kinds(asked.result()[1])
            assert kinds(told.result()[1]) == ["crisis"]
    assert kinds(server.ask("yes", danger)[1]) == ["emergency"]
    assert "emergency" not in kinds(server.ask("yes", quiet)[1])


def test_messages_of_one_person_at_once_are_all_kept(server: Server, conversation: str) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: server.ask("what is myoclonus?", conversation), range(10)))
    assert [status for status, _, _ in answers] == [200] * 10
    with sqlite3.connect(server.database) as database:
        query = "select count(*) from events where sender_id = ? and type_name = 'user'"
        assert database.execute(query, (conversation,)).fetchone() == (10,)


def test_a_question_asked_in_a_reply_that_was_not_seen_is_not_answered_by_yes(
    server: Server, conversation: str
) -> None:
    server.ask("i want to die", conversation, message="m1")
    _, answer, _ = server.ask("yes", conversation, seen="m0")
    assert kinds(answer) != ["emergency"]


def test_an_assessment_leaves_the_dialogue_as_it_was(server: Server, conversation: str) -> None:
    status, answer, _ = server.ask("my brother took too many and wont wake up", conversation, route="assess")
    assert (status, answer["replies"], answer["assessment"]["level"]) == (200, [], "emergency")
    with sqlite3.connect(server.database) as database:
        query = "select count(*) from events where sender_id = ?"
        assert database.execute(query, (conversation,)).fetchone() == (0,)
    _, answer, _ = server.ask("why do my legs jerk on oxycodone?", conversation)
    assert [reply["response"] for reply in answer["replies"]] == ["utter_faq/can_opioids_cause_it", "utter_disclosure"]


def test_an_assessment_knows_the_conversation_before_it(server: Server, conversation: str) -> None:
    server.ask("i want to die", conversation)
    _, answer, _ = server.ask("yes", conversation, route="assess")
    assert answer["assessment"]["level"] == "emergency"


REFUSED = {
    "no token": ({}, b"{}", 401),
    "another token": ({"Authorization": "Bearer x"}, b"{}", 401),
    "a bad body": ({"Authorization": "Bearer the token of the test"}, b"hello", 400),
}


@pytest.mark.parametrize(("headers", "body", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(server: Server, headers: dict[str, str], body: bytes, status: int) -> None:
    request = urllib.request.Request(f"{server.address}/message", body, headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == status


@pytest.mark.parametrize("path", ["/conversations/x/tracker", "/model/parse", "/webhooks/rest/webhook", "/domain"])
def test_nothing_else_is_open(server: Server, path: str) -> None:
    base = server.address.removesuffix("/webhooks/frontdesk")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(f"{base}{path}", b"{}"), timeout=10)
    assert refused.value.code in (401, 404, 405)


def test_a_turn_that_can_not_be_kept_is_to_be_asked_again(server: Server, conversation: str) -> None:
    with sqlite3.connect(server.database) as database:
        database.execute("alter table events rename to gone")
    try:
        assert server.ask("i want to die", conversation)[0] == 503
    finally:
        with sqlite3.connect(server.database) as database:
            database.execute("alter table gone rename to events")
    status, answer, _ = server.ask("i want to die", conversation)
    assert (status, kinds(answer)) == (200, ["crisis"])


@pytest.mark.parametrize("actions", [1, 12], ids=["after the answer", "and Rasa gave up"])
def test_after_a_turn_that_was_cut_short_the_next_is_answered(
    server: Server, conversation: str, *, actions: int
) -> None:
    server.ask("hello", conversation)
    with sqlite3.connect(server.database) as database:
        database.executemany(
            "insert into events (sender_id, type_name, timestamp, action_name, data) values (?, 'action', ?, ?, ?)",
            [(conversation, at, "utter_faq", taken("utter_faq", at)) for at in [time.time()] * actions],
        )
    for text, kind, _ in DANGER.values():
        status, answer, _ = server.ask(text, conversation)
        assert (status, kinds(answer)[0]) == (200, kind)
    _, answer, _ = server.ask("why do my legs jerk on oxycodone?", conversation)
    assert answer["replies"][0]["response"] == "utter_faq/can_opioids_cause_it"


def taken(action: str, at: float) -> str:
    """An action as Rasa's tracker store keeps it."""
    return json.dumps({"event": "action", "name": action, "timestamp": at})


def test_the_log_holds_no_words_of_the_person(server: Server, conversation: str) -> None:
    words = "zanzibar"
    with sqlite3.connect(server.database) as database:
        database.execute("alter table events rename to gone")
    try:
        server.ask(f"i want to die in {words}", conversation)
    finally:
        with sqlite3.connect(server.database) as database:
            database.execute("alter table gone rename to events")
    server.ask(f"what is {words}?", conversation)
    server.ask(f"/{words}", conversation)
    server.ask(words, conversation, channel="fax")
    log = server.log.read_text(encoding="utf-8", errors="replace")
    assert log
    assert words not in log
