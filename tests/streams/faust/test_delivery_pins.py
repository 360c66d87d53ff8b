"""Every private part of Faust and aiokafka that is replaced or read is where it was.

A new version of either may move them: then this fails first, and names what to look at.
"""

import inspect
import sys
from importlib.metadata import version

import faust
import mode
import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.consumer import fetcher as fetching
from aiokafka.consumer.group_coordinator import CoordinatorGroupRebalance, GroupCoordinator
from aiokafka.consumer.subscription_state import (
    Assignment,
    Subscription,
    SubscriptionState,
    TopicPartitionState,
)
from aiokafka.record.default_records import DefaultRecordBatch
from faust.app.base import BootStrategy
from faust.streams import Stream
from faust.transport import consumer as consuming
from faust.transport.drivers import aiokafka as driver
from mode.threads import ServiceThread


@pytest.mark.parametrize(("package", "pinned"), [("faust-streaming", "0.15.3"), ("aiokafka", "0.14.0")])
def test_the_versions_are_those_that_were_read(package, pinned):
    assert version(package) == pinned


REPLACED = {
    faust.App: ["on_start", "on_started", "on_shutdown", "_new_transport", "_create_directories"],
    BootStrategy: ["enable_kafka_producer"],
    Stream: ["__aiter__", "maybe_start"],
    driver.Consumer: [
        "_new_consumer_thread",
        "_drain_messages",
        "stop_flow",
        "resume_flow",
        "on_partitions_revoked",
        "on_partitions_assigned",
        "perform_seek",
        "wait_empty",
        "on_task_error",
        "commit",
        "verify_all_partitions_active",
    ],
    driver.AIOKafkaConsumerThread: [
        "_create_worker_consumer",
        "_ensure_consumer",
        "_stopped_set",
        "call_thread",
        "on_start",
    ],
    driver.Transport: ["Consumer"],
    faust.Worker: ["_setproctitle", "_crash", "_schedule_shutdown", "execute_from_commandline"],
    GroupCoordinator: ["_send_req", "check_errors", "fetch_committed_offsets"],
    fetching.FetchResult: ["check_assignment", "_update_position"],
    fetching.PartitionRecords: ["_consume_aborted_up_to", "_contains_abort_marker"],
    fetching.Fetcher: ["_create_fetch_waiter", "_notify", "error_future"],
    SubscriptionState: ["fetch_context", "reassignment_in_progress", "subscription"],
    Assignment: ["state_value"],
}


@pytest.mark.parametrize(
    ("owner", "name"), [(owner, name) for owner, names in REPLACED.items() for name in names]
)
def test_what_is_replaced_or_called_exists(owner, name):
    assert hasattr(owner, name)


ATTRIBUTES = {
    AIOKafkaConsumer: [
        "_fetch_max_wait_ms",
        "_isolation_level",
        "_partition_assignment_strategy",
        "_fetcher",
        "_coordinator",
        "_subscription",
        "_closed",
    ],
    GroupCoordinator: ["generation", "coordinator_id", "_pending_exception", "_coordination_task"],
    fetching.Fetcher: ["_records", "_subscriptions", "_wait_consume_future", "_closed", "_fetch_task"],
    fetching.FetchResult: ["_partition_records", "_topic_partition"],
    fetching.PartitionRecords: [
        "_records",
        "_check_crcs",
        "_isolation_level",
        "_aborted_producers",
        "next_fetch_offset",
    ],
    TopicPartitionState: ["_position", "lso"],
}


@pytest.mark.parametrize(
    ("owner", "name"), [(owner, name) for owner, names in ATTRIBUTES.items() for name in names]
)
def test_what_is_read_is_set_at_the_start(owner, name):
    assert f"self.{name} = " in inspect.getsource(owner.__init__)


@pytest.mark.parametrize("name", ["gzip_decode", "lz4_decode", "zstd_decode"])
def test_batches_are_unpacked_by_functions_of_their_module(name):
    assert callable(getattr(sys.modules[DefaultRecordBatch.__module__], name))


def source(function: object) -> str:
    return inspect.getsource(function)


def test_aiokafka_hands_its_settings_to_the_fetcher_only_when_it_starts():
    start = source(AIOKafkaConsumer.start)

    assert "fetch_max_wait_ms=self._fetch_max_wait_ms" in start
    assert "isolation_level=self._isolation_level" in start
    assert "assignors=self._partition_assignment_strategy" in start


def test_every_sign_of_life_goes_through_one_function():
    assert "self._send_req(request)" in source(GroupCoordinator._do_heartbeat)
    assert "self._coordinator._send_req(request)" in source(
        CoordinatorGroupRebalance._send_sync_group_request
    )


def test_aiokafka_starts_each_assignment_where_it_was_committed():
    # That is why perform_seek does nothing, and why nothing fetched before a rebalance is put back.
    assert "self._assignment = Assignment(topic_partitions)" in source(Subscription._assign)
    assert "tp_state.reset_to(committed.offset)" in source(fetching.Fetcher._update_fetch_positions)


def test_faust_takes_back_the_flow_before_it_waits_for_the_run_in_hand():
    revoked = source(faust.App._on_partitions_revoked)

    assert revoked.index("consumer.stop_flow") < revoked.index("_consumer_wait_empty")


def test_faust_tells_the_consumer_of_an_agent_that_raised_before_it_crashes():
    assert "await self._consumer.on_task_error(exc)" in source(faust.App._on_agent_error)


def test_a_crashing_supervisor_lets_a_crash_through():
    assert "wakeup" in vars(mode.CrashingSupervisor)
    assert "_contribute_to_service" in vars(mode.CrashingSupervisor)


def test_the_pump_is_what_faust_s_fetcher_runs():
    assert "consumer._drain_messages(self)" in source(consuming.Fetcher._fetcher.fun)


def test_tasks_of_the_thread_are_run_in_its_own_loop():
    assert "self.thread_loop = thread_loop or asyncio.new_event_loop()" in source(ServiceThread.__init__)
