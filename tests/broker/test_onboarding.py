"""The operator lets platforms in by one command, and the broker itself keeps each to its own topics."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kafka import KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.errors import GroupAuthorizationFailedError, KafkaTimeoutError, TopicAuthorizationFailedError

from streams.broker.broker import Broker
from streams.broker.gate import Gate
from streams.broker.heap import Heap
from streams.broker.kit import Kit
from streams.onboarding.quota import Quota
from tests.broker.platforms import Credentials, Operator, joins, producing, reads, writes

pytestmark = [pytest.mark.kafka, pytest.mark.xdist_group("onboarding")]  # one broker for all of them


@pytest.fixture(scope="module")
def gated(kafka_kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker with a secured listener on a free port."""
    with Broker(tmp_path_factory.mktemp("gated"), kit=kafka_kit, heap=Heap.TEST, gate=Gate()) as broker:
        yield broker


@pytest.fixture
def slug(topic_prefix: str) -> str:
    """A platform that no other test knows."""
    return f"{topic_prefix}sunny"


@pytest.fixture
def operator(gated: Broker, tmp_path: Path) -> Operator:
    """An operator with an empty list of platforms."""
    return Operator(gated, tmp_path)


@pytest.fixture
def sunny(operator: Operator, slug: str) -> Credentials:
    """A platform that was let in."""
    return operator.lets_in(slug)


@pytest.fixture(scope="module")
def standing(gated: Broker, tmp_path_factory: pytest.TempPathFactory) -> Credentials:
    """The platform `standing`, for tests that change nothing about it, beside another, `moon`."""
    operator = Operator(gated, tmp_path_factory.mktemp("standing"))
    operator.lets_in("moon", "--company 3101YPZC0002")
    return operator.lets_in("standing")


@pytest.fixture
def admin(gated: Broker) -> Iterator[KafkaAdminClient]:
    """Somebody on the machine itself, who may look at everything."""
    with closing(KafkaAdminClient(bootstrap_servers=gated.bootstrap)) as client:
        yield client


def test_without_yes_the_plan_is_told_and_nothing_is_done(operator, admin, slug):
    told = operator.types(f"add {slug} --company 3101YPZC0001")

    assert f"→ make topics feed.{slug}.orders" in told
    assert f"→ platform-{slug} may write topic feed.{slug}.orders" in told
    assert "nothing was done" in told
    assert operator.listed == ""
    assert not [one["name"] for one in admin.describe_topics() if slug in one["name"]]
    assert f"platform-{slug}" not in admin.describe_user_scram_credentials()


def test_twice_is_once(operator, sunny, slug):
    listed = operator.listed

    again = operator.types(f"add {slug} --company 3101YPZC0001 --yes")

    assert "There is nothing to do." in again
    assert "password  " not in again
    assert operator.listed == listed


def test_what_was_left_half_done_is_completed_and_nothing_else(
    operator, sunny, slug, gated, admin, kafka_kit
):
    admin.delete_topics([f"notices.{slug}"])
    Quota(lambda: kafka_kit, gated.bootstrap, slug).clear({"producer_byte_rate": 0})

    told = operator.types(f"add {slug} --yes")

    assert [line for line in told.splitlines() if line.startswith("✓")] == [
        f"✓ make topics notices.{slug}",
        "✓ let it push 4194304 bytes a second",
    ]
    writes(gated, sunny, f"feed.{slug}.orders")


def test_it_writes_its_feeds_and_reads_its_answers(gated, standing):
    writes(gated, standing, "feed.standing.orders")
    writes(gated, standing, "feed.standing.positions")
    with closing(KafkaProducer(bootstrap_servers=gated.bootstrap)) as ours:
        ours.send("receipts.standing", b"answer").get(timeout=60)

    assert reads(gated, standing, "receipts.standing") == [b"answer"]
    assert reads(gated, standing, "notices.standing") == []
    assert joins(gated, standing, "receipts.standing", "platform-standing.any") == 1


Deed = Callable[[Broker, Credentials], object]


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        (lambda b, me: writes(b, me, "feed.moon.orders"), TopicAuthorizationFailedError),
        (lambda b, me: writes(b, me, "receipts.standing"), TopicAuthorizationFailedError),
        (lambda b, me: writes(b, me, "notices.standing"), TopicAuthorizationFailedError),
        (lambda b, me: writes(b, me, "orders.standing"), TopicAuthorizationFailedError),
        (lambda b, me: writes(b, me, "enforcement.violations"), TopicAuthorizationFailedError),
        (lambda b, me: writes(b, me, "register"), TopicAuthorizationFailedError),
        (lambda b, me: reads(b, me, "feed.standing.orders"), TopicAuthorizationFailedError),
        (lambda b, me: reads(b, me, "receipts.moon"), TopicAuthorizationFailedError),
        (lambda b, me: joins(b, me, "receipts.standing", "judge"), GroupAuthorizationFailedError),
        (
            lambda b, me: joins(b, me, "receipts.standing", "platform-standing-2.group"),
            GroupAuthorizationFailedError,
        ),
    ],
    ids=[
        "write another's feed",
        "write its own receipts",
        "write its own notices",
        "write the judge's state",
        "write the enforcement queue",
        "write the register",
        "read its own feed",
        "read another's receipts",
        "join the judge's group",
        "join a group of a platform with a longer name",
    ],
)
def test_the_broker_refuses_everything_else(gated, standing, deed: Deed, refusal):
    with pytest.raises(refusal):
        deed(gated, standing)


def test_it_sees_no_topic_but_its_own(gated, standing):
    with closing(KafkaAdminClient(bootstrap_servers=gated.platform_bootstrap, **standing)) as client:
        seen = {topic["name"] for topic in client.describe_topics()}

    feeds = {"feed.standing.orders", "feed.standing.positions", "feed.standing.answers"}
    assert seen == {*feeds, "receipts.standing", "notices.standing"}


def test_after_a_rotation_only_the_new_password_opens_the_door(operator, gated, sunny, slug):
    told = operator.types(f"rotate {slug} --yes")
    renewed = Credentials(sunny, sasl_plain_password=told.split("password   ")[1].split()[0])

    writes(gated, renewed, f"feed.{slug}.orders")
    with pytest.raises(KafkaTimeoutError):
        writes(gated, sunny, f"feed.{slug}.orders")


def test_a_suspended_platform_is_out_at_once_and_a_resumed_one_in_again(operator, gated, sunny, slug):
    with closing(producing(gated, sunny)) as producer:
        producer.send(f"feed.{slug}.orders", b"1").get(timeout=60)

        operator.types(f"suspend {slug} --yes")
        with pytest.raises(TopicAuthorizationFailedError):
            producer.send(f"feed.{slug}.orders", b"2").get(timeout=60)
        assert "SUSPENDED" in operator.types(f"add {slug} --yes")

        operator.types(f"resume {slug} --yes")
    writes(gated, sunny, f"feed.{slug}.orders", b"3")
    assert "not suspended" in operator.types(f"resume {slug}")


def test_of_a_removed_platform_only_topics_and_data_stay(operator, gated, admin, sunny, slug, kafka_kit):
    with closing(producing(gated, sunny)) as producer:
        producer.send(f"feed.{slug}.orders", b"1").get(timeout=60)

        operator.types(f"remove {slug} --yes")

        with pytest.raises(TopicAuthorizationFailedError):
            producer.send(f"feed.{slug}.orders", b"2").get(timeout=60)
    with pytest.raises(KafkaTimeoutError):
        writes(gated, sunny, f"feed.{slug}.orders")
    assert f"feed.{slug}.orders" in {topic["name"] for topic in admin.describe_topics()}
    assert Quota(lambda: kafka_kit, gated.bootstrap, slug).present() == {}
    assert "There is nothing to do." in operator.types(f"remove {slug} --yes")


def test_the_password_is_in_no_file(standing, tmp_path_factory):
    password = standing["sasl_plain_password"].encode()
    files = [path for path in tmp_path_factory.getbasetemp().rglob("*") if path.is_file()]

    assert len(files) > 10
    assert not [path for path in files if password in path.read_bytes()]


def test_the_entry_that_the_broker_was_told_by_is_the_one_in_the_file(operator, slug):
    operator.lets_in(slug, "--company 3101YPZC0001 --company 3101YPZC0002 --partitions 3 --sandbox")

    told = operator.types(f"add {slug} --partitions 2", code=1)

    assert "says otherwise" in told
    assert "partitions" in told
    assert json.dumps(["3101YPZC0001", "3101YPZC0002"]) in operator.listed


def test_a_broker_that_checks_nobody_is_told_what_it_lacks(kafka, tmp_path):
    told = Operator(kafka, tmp_path).types("add sunny --company 3101YPZC0001", code=1)

    assert "REGULATOR_KAFKA_PLATFORM_PORT" in told
