"""Commands of a ride: orders (订单), operation (经营) and positions (定位)."""

from regulator.wire.guangzhou.commands import Command, Group

ORDER = (
    Command(
        "JSYXB",
        Group.ORDER,
        "operateLogout",
        "identifier driverName driverIDCard driverCertCard driverPhone vehicleNo plateColor "
        "onWorkTime offWorkTime driveCount driveMile driveTime price factPrice",
        means={"driverIDCard": "LicenseId", "offWorkTime": "LogoutTime"},
    ),  # 驾驶员下班
    Command(
        "JSYSB",
        Group.ORDER,
        "operateLogin",
        "identifier driverName driverIDCard driverCertCard driverPhone vehicleNo plateColor brand onWorkTime",
        means={"driverIDCard": "LicenseId", "onWorkTime": "LoginTime"},
    ),  # 驾驶员上班
    Command(
        "DDWY",
        Group.ORDER,
        "",
        "orderId orderTime driCertNo vehicleNo breakPart breakReason psgTel breakTime",
        names_order=True,
    ),  # 订单违约
    Command(
        "DDCX",
        Group.ORDER,
        "orderCancel",
        "orderId orderTime cancelTime initiator cancelTypeCode cancelReason",
        means={"initiator": "Operator"},
    ),  # 订单撤销
    Command(
        "DDFQ",
        Group.ORDER,
        "orderCreate",
        "orderId orderTime departTime passengerPhone passengerNote departure depLongitude "
        "depLatitude destination destLongitude destLatitude encrypt fareType orderSource psgName "
        "psgGender psgTotal vehType isReserve# isVoice# voiceUrl preMile preTime preFare useTime "
        "useLocale useLon useLat taxiTypeCode serviceTypeCode departCity destCity",
    ),  # 订单发起
    Command(
        "DDCG",
        Group.ORDER,
        "orderMatch",
        "orderId orderTime longitude latitude encrypt licenseId driverPhone vehicleNo plateColor "
        "distributeTime carCertNo driverName idNo driCertNo departCity destCity departLocale "
        "departLocaleDetail departLon departLat desLocale desLocaleDetail desLon desLat resStatus "
        "resTime",
        spare="idNo",
    ),  # 订单成功
    Command(
        "DDBC",
        Group.ORDER,
        "",
        "orderId orderTime orderStatus vehType isReserve# isVoice# voiceUrl useTime useLocale "
        "encrypt useLon useLat destLocale destLon destLat driName driTel qulificationNo vehicleNo "
        "carCertNo onTime offTime psgMile duration receivable paid discount cash elePay eleOrg "
        "posPay posOrg callPay extraPay peakPay nightPay billStatus psgName psgGender psgTel",
        names_order=True,
    ),  # 订单补传
    Command(
        "DDBCQQ",
        Group.ORDER,
        "",
        "orderId orderTime",
        names_order=True,
    ),  # 订单补传请求
)

OPERATION = (
    Command(
        "YYDD",
        Group.OPERATION,
        "operateArrive",
        "orderId destLongitude destLatitude encrypt destTime driveMile driveTime address "
        "driverName driverPhone driverIDCard driverCertCard vehicleNo depTime depLongitude "
        "depLatitude waitTime passengerName passengerSex passengerPhone price",
    ),  # 营运到达
    Command(
        "YYCF",
        Group.OPERATION,
        "operateDepart",
        "orderId licenseId passengerPhone fareType vehicleNo plateColor depLongitude depLatitude "
        "encrypt depTime waitMile passengerWaitTime driveWaitTime address driverName driverIDCard "
        "driverCertCard passengerName passengerSex",
        spare="driverIDCard",
    ),  # 营运出发
    Command(
        "YYZF",
        Group.OPERATION,
        "operatePay",
        "orderId onArea driverName licenseId fareType vehicleNo plateColor bookDepTime waitTime "
        "depLongitude depLatitude depArea depTime destLongitude destLatitude destArea destTime "
        "bookModel model driveMile driveTime waitMile factPrice price cashPrice lineName "
        "linePrice posName posPrice benfitPrice bookTip passengerTip peakUpPrice nightUpPrice "
        "farUpPrice otherUpPrice payState payTime orderMatchTime invoiceStatus driverIDCard "
        "driverCertCard callPrice fareRuleUrl",
        spare="driverIDCard",
    ),  # 营运支付
    Command(
        "CLYYXX",
        Group.OPERATION,
        "operateLogout",
        "licenseId vehicleNo plateColor logoutTime longitude latitude encrypt address",
    ),  # 车辆营运下线
    Command(
        "CLYYSX",
        Group.OPERATION,
        "operateLogin",
        "licenseId vehicleNo plateColor loginTime longitude latitude encrypt address",
    ),  # 车辆营运上线
)

GPS = (
    Command(
        "JSYDW",
        Group.GPS,
        "positionDriver",
        "driverRegionCode vehicleNo plateColor vehicleRegionCode positionTime longitude latitude "
        "speed direction elevation mileage encrypt warnStatus vehStatus bizStatus orderId "
        "driverName driverId driverCertCard vehicleType positionType validity#",
        means={"driverId": "LicenseId"},
        free=("driverId", "orderId"),
    ),  # 驾驶员定位信息
    Command(
        "CKDW",
        Group.GPS,
        "",
        "orderId driverName driverPhone driverIDCard driverCertCard passengerPhone vehicleNo "
        "plateColor brand encrypt longitude latitude speed warnStatus positionTime validity#",
    ),  # 乘客定位信息
)
