"""A server that behaves as the ministry's dispatch is described: token, WebSocket, all from the earliest."""

import asyncio
import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread

from aiohttp import WSMsgType, web

from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from streams.bridge.terms import Account

USER, PASSWORD = "310000", "the ministry's word"
ENDLESS = 1_000_000


class Ministry:
    """Says all it has to whoever comes with a token, from the earliest on, each time anew."""

    def __init__(self, frames: Sequence[bytes], *, breaks: Sequence[int] = (), refuses: int = 0) -> None:
        """``breaks``: after how many frames each connection is cut, without a word; ``refuses``: how often
        it is out of order before it gives a token.
        """
        self.frames = list(frames)
        self.port = 0
        self.asked: list[str] = []
        """What each connection asked for, without its token."""
        self.pings = 0
        self.sent = 0
        self._breaks = list(breaks)
        self._refuses = refuses
        self._tokens: set[str] = set()

    @property
    def account(self) -> Account:
        """Who may come."""
        return Account(f"http://127.0.0.1:{self.port}", USER, PASSWORD)

    @contextmanager
    def serving(self) -> Iterator["Ministry"]:
        """Serve on a free port, in a thread of its own."""
        loop = asyncio.new_event_loop()
        thread = Thread(target=loop.run_forever)
        thread.start()
        runner = asyncio.run_coroutine_threadsafe(self._start(), loop).result(10)
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_post("/datadispatch/auth/{user}", self._give_token)
        app.router.add_get("/datadispatch/broker/", self._dispatch)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        return runner

    async def _give_token(self, request: web.Request) -> web.Response:
        if self._refuses > 0:
            self._refuses -= 1
            return web.Response(status=502)
        if request.match_info["user"] != USER or await request.text() != PASSWORD:
            return web.Response(status=401)
        token = f"token/{len(self._tokens)}+&="
        self._tokens.add(token)
        return web.Response(text=f"{token}\n")

    async def _dispatch(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("token") not in self._tokens:
            return web.Response(status=401)
        self.asked.append(f"{request.query['topics']} {request.query['offset_reset']}")
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        cut = self._breaks.pop(0) if self._breaks else ENDLESS
        hearing = asyncio.create_task(self._hear(socket))
        try:
            for number, frame in enumerate(self.frames):
                if number == cut:
                    assert request.transport is not None
                    request.transport.abort()
                    return socket
                await socket.send_bytes(frame)
                self.sent += 1
            await hearing
        finally:
            hearing.cancel()
        return socket

    async def _hear(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is WSMsgType.PING:
                self.pings += 1
                await socket.pong(message.data)


def logout(company: str, plate: str) -> OTIpc:
    """An envelope with one operateLogout."""
    envelope = OTIpc(CompanyId=company, Source="0", IPCType=12290)
    envelope.operateLogout.add(
        CompanyId=company,
        LicenseId="31990019900101123X",
        VehicleNo=plate,
        LogoutTime=20260302120000,
        Encrypt=1,
    )
    return envelope


def position(company: str, plate: str) -> OTIpc:
    """An envelope with one positionVehicle."""
    envelope = OTIpc(CompanyId=company, Source="0", IPCType=16386)
    envelope.positionVehicle.add(
        CompanyId=company, VehicleNo=plate, VehicleRegionCode=310101, PositionTime=1772424000,
        Longitude=121478222, Latitude=31228457, Encrypt=1,
    )  # fmt: skip
    return envelope


def frames(number: int) -> list[bytes]:
    """Return so many frames: lists of two companies' orders and positions, every other one gzipped."""
    made = []
    for one in range(number):
        plate = f"沪AD{one:05d}"
        content = OTIpcList(
            otpic=[
                logout("3101YPZC0001", plate),
                position("3101YPZC0001", plate),
                logout("3101YPZC0002", plate),
            ]
        ).SerializeToString()
        made.append(gzip.compress(content) if one % 2 else content)
    return made
