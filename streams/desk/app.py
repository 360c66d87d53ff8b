"""The desk as a process: projection, outbox, archive and console, each in a thread of its own."""

import logging
import signal
from collections.abc import Callable, Container
from functools import lru_cache
from threading import Event, Thread

from kafka import TopicPartition
from kafka.admin import KafkaAdminClient
from prometheus_client import CollectorRegistry

from regulator.clock import now
from regulator.config import Config
from regulator.config.areas import load_areas
from regulator.joins.register_index import RegisterIndex
from regulator.law import law_in_force
from regulator.secrets import Secrets
from regulator.settings import Settings
from regulator.store import Store, open_store
from regulator.store.only_one import OnlyOne
from regulator.store.rejudging import Rejudging
from streams.desk.archive import Archive
from streams.desk.archive_metrics import ArchiveMetrics
from streams.desk.condition import Condition
from streams.desk.console import console_of
from streams.desk.lag import LagWatch
from streams.desk.lines import CALL_MS
from streams.desk.metrics import DeskMetrics
from streams.desk.nightly import Nightly, reconcile_command
from streams.desk.patience import Patience, Stopped
from streams.desk.postman import Postman
from streams.desk.projection import Projection
from streams.desk.readers import readers
from streams.desk.renewing import Renewing
from streams.desk.whereabouts import Whereabouts
from streams.garbage import freeze_garbage
from streams.metrics import GaugeCollector
from streams.renewal import DESCRIBED, REFUSED, Renewal
from streams.topics import create_missing, declared

_LOOK_SECONDS = 0.5
_LAST_WORK_SECONDS = 10
_STARTS_REMEMBERED = 65_536
"""Where an order starts is asked for whenever more is heard of it."""
_log = logging.getLogger(__name__)


class Desk:
    """The desk's threads. One that dies of our own mistake ends the process; a supervisor starts it again."""

    def __init__(self, settings: Settings, config: Config, secrets: Secrets) -> None:
        self._settings = settings
        self._config = config
        self._secrets = secrets
        self._registry = CollectorRegistry()
        self._metrics = DeskMetrics(self._registry)
        self._renewal = Renewal(config)
        self._registry.register(GaugeCollector(lambda: {REFUSED: self._renewal.gauges()}, DESCRIBED))
        self._stop = Event()
        self._crashed = Event()
        self.condition = Condition()

    def run(self) -> int:
        """Work until SIGTERM or SIGINT (0) or until a thread crashes (1)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        try:
            store = self._patience("start").until_it_works(lambda: open_store(self._settings.database))
        except Stopped:
            return 0
        try:
            return self._work(store)
        finally:
            store.close()

    def _work(self, store: Store) -> int:
        server = console_of(
            self._settings,
            self._config,
            self._secrets,
            store=store,
            registry=self._registry,
            health=self.condition.health,
        )
        freeze_garbage()
        server.start()
        only_one = OnlyOne(store)
        thread = Thread(target=self._guarded(lambda: self._move(store, only_one)), name="desk", daemon=True)
        thread.start()
        while not self._stop.wait(_LOOK_SECONDS):
            if not server.alive:
                self._crash("the console's thread ended")
            if only_one.is_lost():
                self._crash("the database broke off; another desk may work on it by now")
        thread.join(_LAST_WORK_SECONDS)
        server.stop()
        only_one.release()
        return 1 if self._crashed.is_set() else 0

    def _move(self, store: Store, only_one: OnlyOne) -> None:
        """Create what is missing, then follow the topics; returns when stopped."""
        self._patience("only one").until_it_works(only_one.take)
        self._patience("topics").until_it_works(self._create_topics)
        whereabouts = Whereabouts()
        known = readers(
            self._config,
            pseudonym_key=self._secrets.pseudonym_key,
            whereabouts=whereabouts,
            district=lru_cache(_STARTS_REMEMBERED)(load_areas(self._config.areas).district),
        )
        partitions = self._partitions(known)
        projection = Projection(
            store,
            brokers=self._settings.kafka,
            partitions=partitions,
            readers=known,
            whereabouts=whereabouts,
            encryption_key=self._secrets.encryption_key,
            patience=self._patience("projection", lasting=True),
            metrics=self._metrics,
            clock=now,
        )
        postman = Postman(
            store,
            brokers=self._settings.kafka,
            patience=self._patience("outbox", lasting=True),
            metrics=self._metrics,
            clock=now,
        )
        lag = LagWatch(
            brokers=self._settings.kafka,
            partitions=partitions,
            reached=lambda: dict(projection.reached),
            patience=self._patience("lag", lasting=True),
            metrics=self._metrics,
        )
        parts = (projection, postman, lag, self._archive(store), self._nightly(store), self._renewing(store))
        threads = [
            Thread(target=self._guarded(part.run), name=type(part).__name__, daemon=True) for part in parts
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _renewing(self, store: Store) -> Renewing:
        return Renewing(
            store,
            renewal=self._renewal,
            limits=self._config.limits,
            patience=self._patience("limits", lasting=True),
            clock=now,
        )

    def _archive(self, store: Store) -> Archive:
        law = law_in_force(self._config, self._secrets, RegisterIndex(self._config.sources))
        return Archive(
            store,
            rejudging=Rejudging(law, self._config.sources, areas=load_areas(self._config.areas).digest),
            patience=self._patience("archive", lasting=True),
            metrics=ArchiveMetrics(self._registry),
            clock=now,
        )

    def _nightly(self, store: Store) -> Nightly:
        return Nightly(
            store,
            command=reconcile_command(self._settings.config),
            patience=self._patience("reconciliation"),
            clock=now,
        )

    def _crash(self, why: str) -> None:
        _log.error("%s: the desk ends, to be started again", why)
        self._crashed.set()
        self._stop.set()

    def _guarded(self, work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except Stopped:
                pass
            except BaseException:
                _log.exception("the desk crashed")
                self._crashed.set()
                self._stop.set()

        return run

    def _create_topics(self) -> None:
        admin = KafkaAdminClient(
            bootstrap_servers=self._settings.kafka.split(","), client_id="desk", bootstrap_timeout_ms=CALL_MS
        )
        try:
            made = create_missing(admin, declared(self._config))
        finally:
            admin.close()
        if made:
            _log.info("created topics: %s", ", ".join(made))

    def _partitions(self, known: Container[str]) -> list[TopicPartition]:
        return [
            TopicPartition(topic.name, number)
            for topic in declared(self._config)
            if topic.name in known
            for number in range(topic.partitions)
        ]

    def _patience(self, who: str, *, lasting: bool = False) -> Patience:
        return Patience(who, condition=self.condition, stop=self._stop, lasting=lasting)


def run_desk(settings: Settings, config: Config, secrets: Secrets) -> int:
    """Run the desk; return the exit code. Logging is the caller's to set up."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # it repeats an outage every second; we say it once
    return Desk(settings, config, secrets).run()
