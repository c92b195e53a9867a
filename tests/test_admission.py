"""Only what this page's browser sends reaches Streamlit, in its own measure; what it must not send ends the line."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from playground.server import admission
from playground.server.acts import one_each
from playground.server.admission import Admission, Allowance, of_page

GONE = {"type": "websocket.disconnect", "code": 1001}


def rerun(*names, query="a=1"):
    message = BackMsg()
    message.rerun_script.query_string = query
    for name in names:
        message.rerun_script.widget_states.widgets.add(id=name, string_value="x")
    return message.SerializeToString()


def operation(payload):
    message = BackMsg()
    getattr(message.backend_operation_request, payload).SetInParent()
    return message.SerializeToString()


def places_for(files):
    message = BackMsg()
    message.file_urls_request.file_names.extend(["f"] * files)
    return message.SerializeToString()


@pytest.mark.parametrize(
    "data",
    [
        rerun(),
        rerun("$$ID-1-train", "$$STREAMLIT_INTERNAL_KEY_live__events"),
        BackMsg(stop_script=True).SerializeToString(),
        BackMsg(app_heartbeat=True).SerializeToString(),
        places_for(1),
        operation("deferred_file"),
    ],
)
def test_what_a_page_sends_is_left_as_it_is(data):
    assert of_page(data) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        BackMsg(load_git_info=True).SerializeToString(),
        BackMsg(clear_cache=True).SerializeToString(),
        BackMsg(set_run_on_save=True).SerializeToString(),
        BackMsg(debug_shutdown_runtime=True).SerializeToString(),
        BackMsg(debug_disconnect_websocket=True).SerializeToString(),
        places_for(admission.MAX_FILES + 1),
        operation("install_skills"),
    ],
)
def test_what_this_page_has_no_use_for_is_dropped(data):
    assert of_page(data) is None


def test_values_that_no_widget_of_streamlit_has_are_dropped():
    assert of_page(rerun("x", "$$ID-1-train", "visit", "$$" + "y" * admission.MAX_NAME)) == rerun("$$ID-1-train")


@pytest.mark.parametrize("data", [b"\xff\xff", rerun(*["$$ID"] * (admission.MAX_WIDGETS + 1))])
def test_what_no_browser_sends_is_refused(data):
    with pytest.raises(ValueError, match=r"no message|so many widgets"):
        of_page(data)


def test_so_much_may_come_at_once_and_so_much_each_second():
    now = [0.0]
    allowance = Allowance(lambda: now[0])
    assert [allowance.take(0) for _ in range(admission.AT_ONCE)] == [0.0] * admission.AT_ONCE
    assert allowance.take(0) == pytest.approx(1 / admission.PER_SECOND)
    now[0] += 1000
    assert allowance.take((admission.AT_ONCE - 1) * admission.BYTES_PER_MESSAGE) == 0
    assert allowance.take(10 * admission.BYTES_PER_MESSAGE) == pytest.approx(11 / admission.PER_SECOND)


@pytest.mark.parametrize("values", [20_000, 2])
def test_more_acts_than_a_hand_does_at_once_are_not_divided(values):
    acts = 65 if values == 2 else 40
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="$$ID-1-v", string_value="y" * 50 * values)
    message.rerun_script.widget_states.widgets.add(id="$$ID-1-b", json_trigger_value=str([1] * acts))
    sent = message.SerializeToString()
    assert one_each(sent) == [(sent, True)]


@pytest.mark.parametrize("sent", [{"text": "no bytes"}, {"bytes": b"\xff\xff"}])
def test_who_is_refused_is_cut_off_and_nothing_is_sent_after_that(sent):
    taken, answered = [], []

    async def streamlit(_scope, receive, send):
        for _ in range(2):
            taken.append(await receive())
        await send({"type": "websocket.send", "bytes": b"late"})

    async def play():
        line = asyncio.Queue()
        for each in ({"type": "websocket.connect"}, {"type": "websocket.receive", **sent}, GONE):
            line.put_nowait(each)

        async def send(message):
            answered.append(message["type"])

        await Admission(streamlit)({"type": "websocket"}, line.get, send)

    asyncio.run(play())
    assert [each["type"] for each in taken] == ["websocket.connect", "websocket.disconnect"]
    assert answered == ["websocket.close"]


def test_who_has_gone_while_something_is_sent_is_no_fault_of_the_apps():
    async def streamlit(_scope, receive, send):
        await send({"type": "websocket.send", "bytes": b"x"})
        assert await receive() == GONE

    async def play():
        async def send(_message):
            raise OSError

        async def receive():
            return GONE

        await Admission(streamlit)({"type": "websocket"}, receive, send)

    asyncio.run(play())


def test_who_never_slows_down_is_cut_off_and_what_is_still_to_come_is_not_read(monkeypatch):
    for name, value in {"AT_ONCE": 5, "PER_SECOND": 100, "MAX_LATE": 20}.items():
        monkeypatch.setattr(admission, name, value)
    sent, taken, answered = rerun(), [], []

    async def streamlit(_scope, receive, _send):
        while (message := await receive())["type"] == "websocket.receive":
            taken.append(message)

    async def play():
        async def receive():
            return {"type": "websocket.receive", "bytes": sent}

        async def send(message):
            answered.append(message["type"])

        await asyncio.wait_for(Admission(streamlit)({"type": "websocket"}, receive, send), 20)

    asyncio.run(play())
    assert len(taken) >= 25
    assert answered == ["websocket.close"]
