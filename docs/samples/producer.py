"""A platform's first producer: one order, and the receipt for it. Runs against `make run`.

.venv/bin/python docs/samples/producer.py 127.0.0.1:9092
"""

import json
import sys
from datetime import datetime, timedelta, timezone

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

BROKER = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:9092"
SLUG, COMPANY = "qinghe", "3101YPZCYS01"  # config/platforms.toml
SHANGHAI = timezone(timedelta(hours=8))


def envelope(type_: str, *records: dict[str, object]) -> bytes:
    """The ministry's envelope: one or many records of one type."""
    return json.dumps({"CompanyId": COMPANY, "Source": "0", "IPCType": type_, type_: records}).encode()


def main() -> None:
    """Push a match and wait for its receipt."""
    now = datetime.now(SHANGHAI)  # noqa: TID251 - a platform reads its own clock
    order = f"SAMPLE{now:%Y%m%d%H%M%S}"
    match = {
        "CompanyId": COMPANY, "Address": 310000, "OrderId": order, "Encrypt": 1,
        "Longitude": 121478222, "Latitude": 31228457, "DistributeTime": int(f"{now:%Y%m%d%H%M%S}"),
        "LicenseId": "31990019900101123X", "DriverPhone": "10000000000", "VehicleNo": "沪AD00001",
    }  # fmt: skip
    receipts = KafkaConsumer(bootstrap_servers=BROKER)
    partition = TopicPartition(f"receipts.{SLUG}", 0)
    receipts.assign([partition])
    receipts.seek_to_end(partition)
    receipts.position(partition)

    producer = KafkaProducer(bootstrap_servers=BROKER, acks="all")
    sent = producer.send(f"feed.{SLUG}.orders", envelope("orderMatch", match), order.encode()).get(10)
    print(f"sent {order} to {sent.topic}/{sent.partition} at offset {sent.offset}")

    for message in receipts:
        receipt = json.loads(message.value)
        if receipt["topic"] == sent.topic and receipt["from"] <= sent.offset <= receipt["to"]:
            print(json.dumps(receipt, ensure_ascii=False, indent=2))
            break
    producer.close()
    receipts.close()


if __name__ == "__main__":
    main()
