"""Serves the console with uvicorn, in a thread of another process's or alone."""

import socket
from collections.abc import Sequence
from threading import Thread

import uvicorn
from starlette.applications import Starlette

from regulator.domain.errors import Misconfigured

_GOODBYE_SECONDS = 1
"""Live pages never finish by themselves: after this they are cut, and reconnect to the next process."""


class ConsoleServer:
    """A listening console. Port 0 takes a free one; ``port`` says which.

    ``proxies``: addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are
    believed; of all others they mean nothing.
    """

    def __init__(
        self, app: Starlette, *, host: str = "127.0.0.1", port: int = 8080, proxies: Sequence[str] = ()
    ) -> None:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            self._socket = socket.create_server((host, port), family=family, backlog=512)
        except OSError as why:
            raise Misconfigured(
                f"the console cannot listen on {host}:{port} ({why.strerror}): "
                "set REGULATOR_CONSOLE_PORT, or stop whoever has it"
            ) from why
        # Accepted connections inherit it. asyncio does not see that ours are TCP, and each answer on a kept
        # connection would wait 40 ms for the reader's acknowledgement of its head.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app,
            lifespan="on",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=_GOODBYE_SECONDS,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=list(proxies),
        )
        self._server = uvicorn.Server(config)
        self._thread: Thread | None = None

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{self.host}:{self.port}/"

    def run(self) -> None:
        """Serve until ``stop`` or a signal; in the main thread."""
        self._server.run(sockets=[self._socket])

    def start(self) -> None:
        """Serve in a thread of its own, which takes no signals."""
        self._thread = Thread(target=self.run, name="console", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Tell whether the thread still serves."""
        return self._thread is not None and self._thread.is_alive()

    def stop(self) -> None:
        """End the service; live pages are cut after a second."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
        self._socket.close()
