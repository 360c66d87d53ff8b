"""A connection to the ministry's dispatch: a token for a password, then a WebSocket of frames.

Nothing of aiohttp's errors is repeated in words: their text holds the address, and that the token.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import aiohttp

from streams.bridge.terms import Account, Terms

_CLOSING = (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED)


class LineDown(Exception):
    """The dispatch does not answer, or has gone: connect again later. Its text is fit for a log."""


class Line:
    """One open connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, terms: Terms) -> None:
        self._socket = socket
        self._terms = terms

    async def frame(self) -> bytes:
        """Wait for the next frame; raises LineDown when the connection ends or gives no sign of life."""
        while True:
            try:
                message = await self._socket.receive(timeout=self._terms.silent_seconds)
            except TimeoutError:
                raise LineDown(f"no sign of life for {self._terms.silent_seconds:.0f} s") from None
            if message.type is aiohttp.WSMsgType.BINARY:
                return bytes(message.data)
            if message.type is aiohttp.WSMsgType.TEXT:
                return str(message.data).encode()
            if message.type is aiohttp.WSMsgType.PING:
                await self._reply(message.data)
            elif message.type in _CLOSING:
                raise LineDown(f"closed by the other side (code {self._socket.close_code})")
            elif message.type is aiohttp.WSMsgType.ERROR:
                raise LineDown(f"broken off ({type(message.data).__name__})")

    async def _reply(self, data: bytes) -> None:
        with suppress(ConnectionError, aiohttp.ClientError):
            await self._socket.pong(data)

    async def keep_alive(self) -> None:
        """Ping for ever; whether anybody answers is seen by who waits for frames."""
        while True:
            await asyncio.sleep(self._terms.ping_seconds)
            with suppress(ConnectionError, aiohttp.ClientError):
                await self._socket.ping()


@asynccontextmanager
async def connected(account: Account, topics: Sequence[str], terms: Terms) -> AsyncIterator[Line]:
    """Open a connection, and close it at the end; raises LineDown."""
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=terms.answer_seconds)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        token = await _token(session, account, terms)
        socket = await _open(session, account, token, topics, terms)
        line = Line(socket, terms)
        pings = asyncio.create_task(line.keep_alive())
        try:
            yield line
        finally:
            pings.cancel()
            with suppress(asyncio.CancelledError):
                await pings
            with suppress(aiohttp.ClientError, TimeoutError, ConnectionError):
                await asyncio.wait_for(socket.close(), terms.answer_seconds)


async def _token(session: aiohttp.ClientSession, account: Account, terms: Terms) -> str:
    where = f"{account.url}/datadispatch/auth/{account.user}"
    timeout = aiohttp.ClientTimeout(total=terms.answer_seconds)
    try:
        async with session.post(where, data=account.password.encode(), timeout=timeout) as answer:
            if answer.status != 200:
                raise LineDown(f"no token: status {answer.status}")
            token = (await answer.text()).strip()
    except (aiohttp.ClientError, TimeoutError, OSError, UnicodeDecodeError) as why:
        raise LineDown(f"no token: {type(why).__name__}") from None
    if not token:
        raise LineDown("no token: the answer is empty")
    return token


async def _open(
    session: aiohttp.ClientSession, account: Account, token: str, topics: Sequence[str], terms: Terms
) -> aiohttp.ClientWebSocketResponse:
    # http becomes ws, https becomes wss.
    where = "ws" + account.url.removeprefix("http") + "/datadispatch/broker/"
    query = {"token": token, "topics": ",".join(topics), "offset_reset": "earliest"}
    try:
        return await session.ws_connect(where, params=query, autoping=False, max_msg_size=terms.largest_frame)
    except aiohttp.WSServerHandshakeError as why:
        raise LineDown(f"not let in: status {why.status}") from None
    except (aiohttp.ClientError, TimeoutError, OSError) as why:
        raise LineDown(f"not let in: {type(why).__name__}") from None
