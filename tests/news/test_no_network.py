"""The tests of this room run without a network."""

import socket

import pytest
from pytest_socket import SocketBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_socket_cannot_be_opened_here():
    with pytest.raises(SocketBlockedError):
        socket.socket()
