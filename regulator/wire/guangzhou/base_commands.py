"""Commands beside a ride: companies, cars, people (基本信息), opinions (评价), who drives what (人车对应)."""

from regulator.wire.guangzhou.commands import Command, Group

BASIC = (
    Command(
        "PTJB",
        Group.BASIC,
        "baseInfoCompany",
        "companyName identifier contactPhone address businessScope contactAddress economicType "
        "regCapital legalName legalId legalPhone legalPhoto legalPhotoId identifierPhoto gzAd "
        "responsible responsibleWay parentCompany parentAd postCode serviceItem servicePromise",
    ),  # 网约车平台公司基本信息
    Command(
        "PTLXR",
        Group.BASIC,
        "",
        "epCode contact contactWay state#",
    ),  # 网约车平台联系人信息
    Command(
        "PTTZR",
        Group.BASIC,
        "",
        "epCode investerName invIdType invIdCode money state#",
    ),  # 网约车平台投资人信息
    Command(
        "PTYYGM",
        Group.BASIC,
        "baseInfoCompanyStat",
        "vehicleNum# driverNum# state#",
    ),  # 网约车平台公司运营规模信息
    Command(
        "CPTJYXK",
        Group.BASIC,
        "baseInfoCompanyPermit",
        "address certificate operationArea ownerName organization startDate stopDate certifyDate",
    ),  # 网约车平台公司经营许可
    Command(
        "PTZF",
        Group.BASIC,
        "baseInfoCompanyPay",
        "payName payId payType payScope prepareBank countDate#",
    ),  # 网约车平台公司支付信息
    Command(
        "PTFWJG",
        Group.BASIC,
        "baseInfoCompanyService",
        "address serviceName serviceNo detailAddress responsibleName responsiblePhone managerName "
        "managerPhone contactPhone mailAddress createDate",
    ),  # 网约车平台公司服务机构
    Command(
        "PTYJ",
        Group.BASIC,
        "baseInfoCompanyFare",
        "address fareType fareTypeNote fareValidOn fareValidOff startFare startMile unitPrice "
        "upPrice upPriceStartMile morningPeakTimeOn morningPeakTimeOff eveningPeakTimeOn "
        "eveningPeakTimeOff otherPeakTimeOn otherPeakTimeOff peakUnitPrice peakPriceStartMile "
        "unitPricePerMile unitPricePerMinute longDistancePrice longDistanceStartMile "
        "lowSpeedPricePerMinute nightPricePerMile nightPricePerMinute otherPrice taxiTypeCode# "
        "serviceTypeCode fareRuleUrl",
    ),  # 网约车平台公司计程计价方式
    Command(
        "GTJSYHT",
        Group.BASIC,
        "",
        "address driverName driTel gender birthday driverNation idType idNo driCertNo vehicleNo "
        "vin vehCertNo type contractType contractPhoto contractStatus signTime validTime "
        "invalidTime state#",
    ),  # 个体驾驶员合同信息
    Command(
        "JSYJB",
        Group.BASIC,
        "baseInfoDriver",
        "address driverName driverIDCard driverPhone driverGender driverBirthday "
        "driverNationality driverNation driverMaritalStatus driverLanguageLevel driverEducation "
        "driverCensus driverAddress driverContactAddress photo photoId licenseId licensePhoto "
        "licensePhotoId driverType getDriverLicenseDate driverLicenseOn driverLicenseOff "
        "taxiDriver certificateA certificateB networkCarIssueOrganization networkCarIssueDate "
        "getNetworkCarProofDate networkCarProofOn networkCarProofOff registerDate fullTimeDriver "
        "inDriverBlacklist commercialType contractCompany contractOn contractOff emergencyContact "
        "emergencyContactPhone emergencyContactAddress rewardPunishment",
        means={"certificateA": "CertificateNo"},
        spare="driverIDCard",
    ),  # 网约车驾驶员基本信息
    Command(
        "JSYYDZD",
        Group.BASIC,
        "baseInfoDriverApp",
        "address licenseId driverPhone netType appVersion mapType mobileModel",
    ),  # 网约车驾驶员移动终端信息
    Command(
        "JSYTJ",
        Group.BASIC,
        "baseInfoDriverStat",
        "address licenseId cycle orderCount# trafficViolationCount# trafficAccidentCount# "
        "complainedCount violateRecord state#",
    ),  # 网约车驾驶员统计信息
    Command(
        "JSYPX",
        Group.BASIC,
        "baseInfoDriverEducate",
        "address licenseId courseName courseDate startTime stopTime duration type state#",
    ),  # 网约车驾驶员培训信息
    Command(
        "PTQYJR",
        Group.BASIC,
        "",
        "address epName epCode epStatus accessTime state#",
    ),  # 普通企业接入信息
    Command(
        "CKJB",
        Group.BASIC,
        "baseInfoPassenger",
        "registerDate passengerPhone passengerName passengerSex",
    ),  # 网约车乘客基本信息
    Command(
        "CKZT",
        Group.BASIC,
        "",
        "inDate outDate passengerPhone cause",
    ),  # 网约车乘客状态信息
    Command(
        "CLBX",
        Group.BASIC,
        "baseInfoVehicleInsurance",
        "vehicleNo plateColor insurCom insurNum insurType insurCount insurEff insurExp state#",
    ),  # 网约车车辆保险信息
    Command(
        "CLLC",
        Group.BASIC,
        "baseInfoVehicleTotalMile",
        "address vehicleNo plateColor totalMile state#",
    ),  # 网约车车辆里程信息
    Command(
        "CLJB",
        Group.BASIC,
        "baseInfoVehicle",
        "address vehicleNo plateColor seats brand model vehicleType ownerName vehicleColor "
        "engineId vin certifyDateA fuelType engineDisplace enginePower wheelBase photo photoId "
        "certificate transAgency transArea transDateStart transDateStop certifyDateB fixState "
        "nextFixDate checkState checkDate feePrintId gpsBrand gpsModel gpsImei gpsInstallDate "
        "registerDate commercialType fareType vehicleTec vehicleSafe lesseeName lesseeCode",
    ),  # 网约车车辆基本信息
)

EVALUATE = (
    Command(
        "JSYXY",
        Group.EVALUATE,
        "ratedDriver",
        "address licenseId orderCount punishCount complaintCount level testDate testDepartment "
        "driverName driverCertCard vehicleNo vehicleCertNo testResult",
    ),  # 驾驶员信誉信息
    Command(
        "JSYCF",
        Group.EVALUATE,
        "ratedDriverPunish",
        "licenseId punishTime punishReason punishResult",
    ),  # 驾驶员处罚信息
    Command(
        "CKTSCL",
        Group.EVALUATE,
        "ratedPassengerComplaint",
        "orderId isComplaint complaintTime photo dealState detail result visitTime visitResult",
    ),  # 乘客投诉处理信息
    Command(
        "CKPJ",
        Group.EVALUATE,
        "ratedPassenger",
        "orderId evaluateTime serviceScore driverScore vehicleScore detail photoDetail supDetail "
        "supTime address totalScore",
    ),  # 乘客评价信息
)

RELATIONSHIP = (
    Command(
        "RCDYGX",
        Group.RELATIONSHIP,
        "",
        "address curDriverName curDriverCertNo curVehicleNo curVehicleCertNo curTimeOn curTimeOff "
        "reportDrivers reportDriverCertNo reportVehicleNo reportVehicleCertNo timeFrom timeTo",
    ),  # 人车对应关系信息数据
)
