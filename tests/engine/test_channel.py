"""Messages between two ends: whole, in order, with an end to every wait, and an alarm that loses no byte."""

import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import numpy as np
import pytest

from cnnwidgets.grading.engine.channel import Channel, Closed, Late, alarms_held, alarms_let_through
from cnnwidgets.grading.engine.wire import LARGEST, WireError, encode

Ends = tuple[Channel, Channel]


@pytest.fixture
def ends() -> Iterator[Ends]:
    a, b = (Channel(each) for each in socket.socketpair())
    yield a, b
    a.close()
    b.close()


class Alarm(Exception):
    """What a check's time limit raises."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """An alarm for this very thread: NumPy's threads, which an examiner has not, would take one for the process."""

    def ring(*_: object) -> None:
        raise Alarm

    over, main = threading.Event(), threading.get_ident()
    before = signal.signal(signal.SIGALRM, ring)
    with meanwhile(lambda: over.wait(seconds) or signal.pthread_kill(main, signal.SIGALRM)):
        try:
            yield
        finally:
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            over.set()
    signal.signal(signal.SIGALRM, before)


@contextmanager
def meanwhile(do: Callable[[], Any]) -> Iterator[None]:
    thread = threading.Thread(target=do)
    with alarms_held():  # a thread begins with its maker's signals: alarms are for the main thread alone
        thread.start()
    try:
        yield
    finally:
        thread.join()


def message(value: Any) -> bytes:
    data = encode(value)
    return struct.pack("<I", len(data)) + data


def test_messages_arrive_in_order(ends: Ends) -> None:
    for each in (1, "two", [3.0]):
        ends[0].send(each)
    assert [ends[1].receive(1) for _ in range(3)] == [1, "two", [3.0]]


def test_a_message_larger_than_the_socket_holds_arrives(ends: Ends) -> None:
    large = np.arange(2**21, dtype=float)
    with meanwhile(lambda: ends[0].send(large, 10)):
        assert np.array_equal(ends[1].receive(10), large)


def test_a_message_in_pieces_arrives_as_one(ends: Ends) -> None:
    data = message(["in", "pieces"])

    def dribble() -> None:
        for byte in data:
            ends[0].sock.send(bytes([byte]))
            sleep(0.002)

    with meanwhile(dribble):
        assert ends[1].receive(5) == ["in", "pieces"]


def test_a_message_that_does_not_come_is_late(ends: Ends) -> None:
    started = monotonic()
    with pytest.raises(Late):
        ends[1].receive(0.05)
    assert 0.04 < monotonic() - started < 2


def test_half_a_message_is_late_and_is_not_lost(ends: Ends) -> None:
    data = message("whole")
    ends[0].sock.send(data[:7])
    with pytest.raises(Late):
        ends[1].receive(0.02)
    ends[0].sock.send(data[7:])
    assert ends[1].receive(1) == "whole"


def test_nobody_listening_is_late(ends: Ends) -> None:
    with pytest.raises(Late):
        ends[0].send(np.zeros(2**20), 0.05)


def test_the_other_end_gone_is_closed(ends: Ends) -> None:
    ends[0].close()
    with pytest.raises(Closed):
        ends[1].receive(1)
    with pytest.raises(Closed):
        ends[1].send(1)


def test_what_was_sent_before_the_end_still_arrives(ends: Ends) -> None:
    ends[0].send("last words")
    ends[0].close()
    assert ends[1].receive(1) == "last words"


def test_a_message_that_claims_to_be_huge_is_refused_at_once(ends: Ends) -> None:
    ends[0].sock.send(struct.pack("<I", LARGEST + 1))
    with pytest.raises(WireError, match="too large"):
        ends[1].receive(1)


def test_what_can_not_be_sent_leaves_the_channel_as_it_was(ends: Ends) -> None:
    with pytest.raises(WireError):
        ends[0].send(object())
    ends[0].send("next")
    assert ends[1].receive(1) == "next"


def test_an_alarm_ends_a_wait(ends: Ends) -> None:
    started = monotonic()
    with alarm(0.05), pytest.raises(Alarm):
        ends[1].receive(5)
    assert monotonic() - started < 2
    ends[0].send("later")
    assert ends[1].receive(1) == "later"


def test_an_alarm_amid_a_message_loses_no_byte(ends: Ends) -> None:
    data = message(list(range(50)))
    ends[0].sock.send(data[:31])
    with alarm(0.05), pytest.raises(Alarm):
        ends[1].receive(5)
    ends[0].sock.send(data[31:] + message("next"))
    assert [ends[1].receive(1), ends[1].receive(1)] == [list(range(50)), "next"]


def test_alarms_at_any_time_lose_no_byte(ends: Ends) -> None:
    sent = [list(range(n)) for n in range(200)]

    def send() -> None:
        for each in sent:
            ends[0].send(each, 10)
            sleep(0.001)

    came: list[Any] = []
    rung = 0
    with meanwhile(send):
        while len(came) < len(sent) and rung < 10_000:
            try:
                with alarm(0.002):
                    while len(came) < len(sent):
                        with alarms_held():  # as around a question and its answer: only a wait can be cut short
                            came.append(ends[1].receive(60))
            except Alarm:
                rung += 1
    assert came == sent
    assert rung > 10


def test_an_alarm_waits_where_it_is_not_wanted(ends: Ends) -> None:
    with alarm(0.02), pytest.raises(Alarm), alarms_held():
        with pytest.raises(Late):
            ends[1].receive(0.1, alarms=False)
        with pytest.raises(Alarm), alarms_let_through():
            pass
        raise Alarm


def test_another_thread_has_no_alarms(ends: Ends) -> None:
    found: list[Any] = []
    ends[0].send("for a thread")
    with meanwhile(lambda: found.append(ends[1].receive(5))):
        pass
    assert found == ["for a thread"]
