"""Keep this process, and those that the tests start, off the network; loopback and unix sockets stay open."""

import functools
import ipaddress
import socket
from collections.abc import Callable
from typing import Any


class NetworkUsedError(BaseException):
    """A test reached for the network. No ``except Exception`` of the code under test may swallow it."""


attempts: list[str] = []


def is_local(host: object) -> bool:
    """Tell whether ``host``, a name or an address, means this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def block() -> None:
    """Replace what opens connections and looks up names by guards that refuse all but this machine."""
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _guarded_connect(getattr(socket.socket, name)))
    for name in ("getaddrinfo", "gethostbyname"):
        setattr(socket, name, _guarded_lookup(getattr(socket, name)))


def _guarded_connect(connect: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(connect)
    def guard(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_remote(address[0])
        return connect(self, address)

    return guard


def _guarded_lookup(look_up: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(look_up)
    def guard(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_remote(host)
        return look_up(host, *args, **kwargs)

    return guard


def _refuse_remote(host: object) -> None:
    if not is_local(host):
        attempts.append(str(host))
        raise NetworkUsedError(f"测试不得联网，却要连接 {host!s}。")
