"""Whether a port is free, and the sentence for when it is not."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass

from scripts.problem import BAD_INPUT, Problem


@dataclass(frozen=True)
class Address:
    """Where a part will listen, and the setting that decides it."""

    setting: str
    host: str
    port: int


def check_free(address: Address) -> None:
    """Raises `Problem` when the port can't be listened on; it names the setting to change."""
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            # As the servers do it: a connection that has just ended does not hold the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(target)
            listener.listen(1)
    except OSError as error:
        raise Problem(_sentence(address, error)) from error


def check_different(addresses: list[Address]) -> None:
    """Raises `Problem` when two settings name the same port."""
    seen: dict[int, str] = {}
    for address in addresses:
        other = seen.setdefault(address.port, address.setting)
        if other != address.setting:
            raise Problem(
                f"{address.setting} and {other} are both {address.port}: give each its own port in .env.", BAD_INPUT
            )


def _sentence(address: Address, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"{address.setting}: port {address.port} is taken by another program."
            f" Stop that program, or set {address.setting} in .env to a free port."
        )
    return (
        f"{address.setting}: cannot listen on {address.host} port {address.port} ({error.strerror}). Change it in .env."
    )
