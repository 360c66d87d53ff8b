"""What each message type is called, for documents."""

from collections.abc import Mapping

TITLES: Mapping[str, tuple[str, str]] = {
    "baseInfoCompany": ("公司基本信息", "Company"),
    "baseInfoCompanyStat": ("公司运营规模", "Company's size"),
    "baseInfoCompanyPay": ("公司支付信息", "Company's payment institution"),
    "baseInfoCompanyService": ("公司服务机构", "Company's service office"),
    "baseInfoCompanyPermit": ("公司经营许可", "Company's permit"),
    "baseInfoCompanyFare": ("运价信息", "Fare"),
    "baseInfoVehicle": ("车辆基本信息", "Vehicle"),
    "baseInfoVehicleInsurance": ("车辆保险信息", "Vehicle's insurance"),
    "baseInfoVehicleTotalMile": ("车辆里程信息", "Vehicle's mileage"),
    "baseInfoDriver": ("驾驶员基本信息", "Driver"),
    "baseInfoDriverEducate": ("驾驶员培训信息", "Driver's training"),
    "baseInfoDriverApp": ("驾驶员移动终端", "Driver's device"),
    "baseInfoDriverStat": ("驾驶员统计信息", "Driver's statistics"),
    "baseInfoPassenger": ("乘客基本信息", "Passenger"),
    "orderCreate": ("订单发起", "Order created"),
    "orderMatch": ("订单成功", "Order matched"),
    "orderCancel": ("订单撤销", "Order cancelled"),
    "operateLogin": ("车辆上线", "Log-in"),
    "operateLogout": ("车辆下线", "Log-out"),
    "operateDepart": ("经营出发", "Departure"),
    "operateArrive": ("经营到达", "Arrival"),
    "operatePay": ("经营支付", "Payment"),
    "positionDriver": ("驾驶员定位", "Driver's position"),
    "positionVehicle": ("车辆定位", "Vehicle's position"),
    "ratedPassenger": ("乘客评价", "Passenger's rating"),
    "ratedPassengerComplaint": ("乘客投诉", "Passenger's complaint"),
    "ratedDriverPunish": ("驾驶员处罚", "Driver's punishment"),
    "ratedDriver": ("驾驶员信誉", "Driver's rating"),
    "shareCompany": ("合乘平台信息", "Ride-sharing company"),
    "shareRoute": ("合乘行程发布", "Shared route"),
    "shareOrder": ("合乘订单", "Shared order"),
    "sharePay": ("合乘订单支付", "Shared order's payment"),
}
"""``IPCType`` → in Chinese, in English."""
