"""Terms of the trade as officers read them: codes of the contract in Chinese and in English."""

from collections.abc import Mapping

Both = tuple[str, str]

TERMS: Mapping[str, Mapping[str, Both]] = {
    "rule": {
        "platform_permit": ("平台无经营许可", "Platform without permit"),
        "vehicle_permit": ("车辆无运输证", "Vehicle without permit"),
        "driver_certificate": ("驾驶员无驾驶员证", "Driver without certificate"),
        "not_identifiable": ("车辆或驾驶员身份不明", "Vehicle or driver not identifiable"),
        "pair_mismatch": ("人车不符", "Other car or driver than matched"),
        "re_offence": ("查处清退后再接单", "Took orders after removal"),
        "out_of_area": ("超出经营区域", "Both ends outside the area"),
        "vehicle_retired": ("车辆达到退出年限", "Vehicle past retirement"),
    },
    "reason": {
        "revoked": ("已吊销", "revoked"),
        "cancelled": ("已注销", "cancelled"),
        "suspended": ("暂停期内", "suspended"),
        "expired": ("已过期", "expired"),
        "not_yet": ("尚未生效", "not yet in force"),
        "never": ("从未取得", "never held"),
        "vehicle": ("车辆身份不明", "car not identifiable"),
        "driver": ("驾驶员身份不明", "driver not identifiable"),
        "both": ("人车均不明", "neither identifiable"),
        "vehicle_changed": ("车辆不符", "other car"),
        "driver_changed": ("驾驶员不符", "other driver"),
        "both_changed": ("人车均不符", "other car and driver"),
        "penalised": ("查处后", "after penalty"),
        "removed": ("清退后", "after removal"),
        "both_ends_outside": ("起讫点均在区域外", "both ends outside"),
        "age": ("年限已满", "age limit reached"),
        "mileage": ("里程已满", "mileage limit reached"),
    },
    "stage": {
        "login": ("上线", "login"),
        "match": ("派单", "match"),
        "depart": ("发车", "depart"),
        "pay": ("结算", "pay"),
    },
    "phase": {
        "logged_in": ("已上线待单", "online, waiting"),
        "matched": ("前往接客", "to the passenger"),
        "on_trip": ("载客中", "on trip"),
        "ended": ("已到达", "arrived"),
    },
    "kind": {
        "platform_permit": ("经营许可证", "Platform permit"),
        "vehicle_permit": ("车辆运输证", "Vehicle permit"),
        "driver_certificate": ("驾驶员证", "Driver certificate"),
        "episode": ("查处清退记录", "Watch list"),
        "mileage": ("行驶里程", "Mileage"),
    },
    "short": {
        "vehicle_permit": ("运输证", "Vehicle"),
        "driver_certificate": ("驾驶员证", "Driver"),
    },
    "state": {
        "valid": ("有效", "valid"),
        "suspended": ("暂停", "suspended"),
        "revoked": ("吊销", "revoked"),
        "cancelled": ("注销", "cancelled"),
    },
    "answer": {
        "held": ("有效", "held"),
        "not_held": ("未持有", "not held"),
    },
    "status": {
        "occupied": ("载客", "occupied"),
        "on_call": ("应召", "on call"),
        "vacant": ("空车", "vacant"),
        "off": ("停运", "off duty"),
    },
    "closing": {
        "stopped": ("已现场处理", "dealt with on the spot"),
        "missed": ("未能拦截", "not intercepted"),
        "referred": ("转案头处理", "passed to the desk"),
        "unfounded": ("经查不成立", "found to be unfounded"),
    },
    "ruling": {
        "stands": ("异议不成立，线索维持", "dispute not accepted: the finding stands"),
        "unfounded": ("异议成立，线索不成立", "dispute accepted: the finding is unfounded"),
    },
}
