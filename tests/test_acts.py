"""What a visitor does reaches Streamlit one act after another, in their order, and none is lost."""

import asyncio
import json

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from playground.server import acts
from playground.server.acts import OneAct

POINT = {"event": "points", "value": {"from": None, "to": [1, 2]}}
TICK = {"event": "tick", "value": {}}
GONE = {"type": "websocket.disconnect", "code": 1001}


def value(name, number):
    return WidgetState(id=name, int_value=number)


def press(name):
    return WidgetState(id=name, trigger_value=True)


def event(*events, name="live"):
    return WidgetState(id=name, json_trigger_value=json.dumps(events))


def message(*states, fragment=""):
    """A message of the browser, as the server gets it."""
    sent = BackMsg()
    sent.rerun_script.widget_states.widgets.extend(states)
    sent.rerun_script.fragment_id = fragment
    return {"type": "websocket.receive", "bytes": sent.SerializeToString()}


def said_by(sent):
    """The values of a message, in their order, and its acts."""
    read = BackMsg()
    read.ParseFromString(sent["bytes"])
    return [(state.id, getattr(state, state.WhichOneof("value"))) for state in read.rerun_script.widget_states.widgets]


def begins(run):
    sent = ForwardMsg()
    sent.metadata.run.script_run_id = run
    sent.new_session.name = "page"
    return sent


def ends(run, how=ForwardMsg.FINISHED_SUCCESSFULLY):
    sent = ForwardMsg(script_finished=how)
    sent.metadata.run.script_run_id = run
    return sent


class Trial:
    """A browser that sends what it is told, and a Streamlit that takes what comes and answers what it is told."""

    def __init__(self):
        self.taken, self.sent = [], []
        self._line = asyncio.Queue()

    async def streamlit(self, scope, receive, send):
        self._send = send
        while True:
            got = await receive()
            self.taken.append(got)
            if got["type"] == "websocket.disconnect":
                return

    async def browser(self, *messages):
        for each in messages:
            await self._line.put(each)
        await self.pause()

    async def answers(self, *messages):
        for each in messages:
            await self._send({"type": "websocket.send", "bytes": each.SerializeToString()})
        await self.pause()

    async def pause(self):
        for _ in range(500):
            await asyncio.sleep(0)

    async def _sent(self, sent):
        self.sent.append(sent)

    @property
    def said(self):
        return [said_by(each) for each in self.taken if each["type"] == "websocket.receive"]

    def run(self, play):
        async def whole():
            task = asyncio.create_task(OneAct(self.streamlit)({"type": "websocket"}, self._line.get, self._sent))
            await self.pause()
            await play(self)
            await self.browser(GONE)
            await asyncio.wait_for(task, 5)

        asyncio.run(whole())
        return self


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (event(POINT), press("undo")),
        (press("undo"), event(POINT)),
        (press("reset"), press("train")),
        (press("train"), press("reset")),
        (press("step"), press("step")),
        (event(POINT), event(TICK)),
        (press("suit"), value("points", 50)),
    ],
)
def test_what_follows_an_act_waits_until_that_is_drawn(first, second):
    async def play(trial):
        await trial.browser(message(first), message(second))
        assert len(trial.taken) == 1
        await trial.answers(begins("1"))
        assert len(trial.taken) == 1
        await trial.answers(ends("1"))
        assert len(trial.taken) == 2

    taken = Trial().run(play).taken[:-1]
    assert taken == [message(first), message(second)]


def test_an_act_is_drawn_when_the_run_has_ended_that_its_callback_asked_for():
    async def play(trial):
        await trial.browser(message(press("train")), message(press("reset")))
        await trial.answers(begins("1"), ends("1", ForwardMsg.FINISHED_EARLY_FOR_RERUN))
        assert len(trial.taken) == 1
        await trial.answers(begins("2"))
        assert len(trial.taken) == 1
        await trial.answers(ends("2", ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY))
        assert len(trial.taken) == 2

    Trial().run(play)


def test_the_end_of_what_was_drawn_before_is_not_that_of_the_act():
    async def play(trial):
        await trial.browser(message(value("points", 50)))
        await trial.answers(begins("1"))
        await trial.browser(message(press("reset")), message(press("train")))
        await trial.answers(ends("1"))
        assert len(trial.taken) == 2
        await trial.answers(begins("2"), ends("2"))
        assert len(trial.taken) == 3

    Trial().run(play)


def test_values_alone_wait_for_nothing_and_what_comes_after_them_is_streamlits():
    async def play(trial):
        await trial.browser(*(message(value("points", number)) for number in range(20)), message(press("train")))
        assert len(trial.taken) == 21

    Trial().run(play)


@pytest.mark.parametrize("acts_at_once", [[event(POINT), press("undo")], [press("undo"), event(POINT)]])
def test_acts_of_one_message_come_one_by_one_in_their_order(acts_at_once):
    async def play(trial):
        await trial.browser(message(value("points", 50), *acts_at_once, fragment="board"))
        assert len(trial.taken) == 1
        await trial.answers(begins("1"), ends("1"))

    trial = Trial().run(play)
    assert trial.said == [said_by(message(value("points", 50), act)) for act in acts_at_once]
    for each in trial.taken[:-1]:
        read = BackMsg()
        read.ParseFromString(each["bytes"])
        assert not read.rerun_script.fragment_id  # the whole page is drawn


def test_events_that_a_component_sent_at_once_come_one_by_one():
    async def play(trial):
        await trial.browser(message(event(POINT, TICK)))
        await trial.answers(begins("1"), ends("1"))

    assert Trial().run(play).said == [said_by(message(event(each))) for each in (POINT, TICK)]


def test_an_act_that_starts_nothing_is_waited_for_a_while_alone(monkeypatch):
    monkeypatch.setattr(acts, "MAX_START_SECONDS", 0.05)

    async def play(trial):
        await trial.browser(message(press("of a fragment that is gone")), message(press("train")))
        assert len(trial.taken) == 1
        await asyncio.sleep(0.1)
        assert len(trial.taken) == 2

    Trial().run(play)


def test_who_leaves_has_done_what_they_did():
    async def play(trial):
        await trial.browser(message(press("step")), message(press("pin")), GONE)

    trial = Trial().run(play)
    assert trial.taken == [message(press("step")), message(press("pin")), GONE]


def test_what_waits_is_bounded(monkeypatch):
    monkeypatch.setattr(acts, "MAX_WAITING", 3)

    async def play(trial):
        await trial.browser(*[message(press("step"))] * 20)
        assert trial._line.qsize() >= 20 - 1 - 3 - 1
        for run in map(str, range(20)):
            await trial.answers(begins(run), ends(run))

    assert len(Trial().run(play).taken) == 20 + 1


@pytest.mark.parametrize(
    "sent",
    [
        {"type": "websocket.receive", "bytes": b"\xff\xff"},
        {"type": "websocket.receive", "bytes": b""},
        {"type": "websocket.receive", "text": "no bytes"},
        message(WidgetState(id="live", json_trigger_value="[1")),
        message(WidgetState(id="live", json_trigger_value="7")),
        {"type": "websocket.connect"},
    ],
)
def test_whatever_is_sent_is_passed_on_as_it_is(sent):
    async def play(trial):
        await trial.browser(sent)

    assert Trial().run(play).taken[0] == sent


def test_what_streamlit_sends_is_passed_on_as_it_is():
    async def play(trial):
        await trial.browser(message(press("step")))
        await trial.answers(begins("1"), ForwardMsg(), ends("1"))
        await trial._send({"type": "websocket.send", "bytes": b"x" * 30_000})

    sent = Trial().run(play).sent
    assert [each["bytes"] for each in sent] == [
        *(each.SerializeToString() for each in (begins("1"), ForwardMsg(), ends("1"))),
        b"x" * 30_000,
    ]
