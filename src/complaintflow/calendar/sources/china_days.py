"""China's public holidays and make-up workdays, year by year as announced.

The State Council announces each year's list near the end of the year before. Each row has
the days off as spans ``festival:MMDD-MMDD``, the make-up workdays (调休补班) as
``festival:MMDD=weekday`` with the weekday whose work is done on them, and where the notices
stand in the Gazette of the State Council. Every day of 2007-2026 was compared with the
packages ``holidays`` 0.109 and ``chinesecalendar`` 1.11.0; 2020 has the prolonged Spring Festival.
"""

from __future__ import annotations

__all__ = ["FESTIVALS", "GAZETTE", "YEARS"]

GAZETTE = "https://www.gov.cn/gongbao/"

FESTIVALS = {
    "ny": {"en": "New Year's Day", "zh": "元旦"},
    "sf": {"en": "Spring Festival", "zh": "春节"},
    "qm": {"en": "Tomb-Sweeping Day", "zh": "清明节"},
    "ld": {"en": "Labour Day", "zh": "劳动节"},
    "db": {"en": "Dragon Boat Festival", "zh": "端午节"},
    "ma": {"en": "Mid-Autumn Festival", "zh": "中秋节"},
    "nd": {"en": "National Day", "zh": "国庆节"},
    "vd": {
        "en": "70th anniversary of victory in the War of Resistance",
        "zh": "抗日战争胜利70周年纪念日",
    },
}

# year: (days off, make-up workdays, notices below GAZETTE)
YEARS: dict[int, tuple[str, str, tuple[str, ...]]] = {
    2007: (
        "ny:0101-0103 sf:0218-0224 ld:0501-0507 nd:1001-1007 ny:1230-1231",
        "sf:0217=thu sf:0225=fri ld:0428=fri ld:0429=mon nd:0929=thu nd:0930=fri ny:1229=mon",
        ("content/2007/content_503397.htm",),
    ),
    2008: (
        "ny:0101 sf:0206-0212 qm:0404-0406 ld:0501-0503 db:0607-0609 ma:0913-0915 nd:0929-1005",
        "sf:0202=mon sf:0203=tue ld:0504=fri nd:0927=mon nd:0928=tue",
        ("content/2008/content_859870.htm",),
    ),
    2009: (
        (
            "ny:0101-0103 sf:0125-0131 qm:0404-0406 ld:0501-0503 db:0528-0530 nd:1001-1002 "
            "ma:1003 nd:1004-1008"
        ),
        "ny:0104=fri sf:0124=thu sf:0201=fri db:0531=fri nd:0927=wed nd:1010=thu",
        ("content/2008/content_1175823.htm",),
    ),
    2010: (
        (
            "ny:0101-0103 sf:0213-0219 qm:0403-0405 ld:0501-0503 db:0614-0616 ma:0922-0924 "
            "nd:1001-1007"
        ),
        (
            "sf:0220=thu sf:0221=fri db:0612=mon db:0613=tue ma:0919=thu ma:0925=fri "
            "nd:0926=wed nd:1009=thu"
        ),
        ("content/2009/content_1487011.htm",),
    ),
    2011: (
        (
            "ny:0101-0103 sf:0202-0208 qm:0403-0405 ld:0430-0502 db:0604-0606 ma:0910-0912 "
            "nd:1001-1007"
        ),
        "sf:0130=mon sf:0212=tue qm:0402=mon nd:1008=thu nd:1009=fri ny:1231=tue",
        ("content/2010/content_1765282.htm",),
    ),
    2012: (
        "ny:0101-0103 sf:0122-0128 qm:0402-0404 ld:0429-0501 db:0622-0624 ma:0930 nd:1001-1007",
        "sf:0121=thu sf:0129=fri qm:0331=mon qm:0401=tue ld:0428=mon nd:0929=fri",
        ("content/2011/content_2020918.htm",),
    ),
    2013: (
        (
            "ny:0101-0103 sf:0209-0215 qm:0404-0406 ld:0429-0501 db:0610-0612 ma:0919-0921 "
            "nd:1001-1007"
        ),
        (
            "ny:0105=wed ny:0106=thu sf:0216=thu sf:0217=fri qm:0407=fri ld:0427=mon "
            "ld:0428=tue db:0608=mon db:0609=tue ma:0922=fri nd:0929=fri nd:1012=mon"
        ),
        ("content/2012/content_2292057.htm",),
    ),
    2014: (
        "ny:0101 sf:0131-0206 qm:0405-0407 ld:0501-0503 db:0602 ma:0908 nd:1001-1007",
        "sf:0126=wed sf:0208=thu ld:0504=fri nd:0928=mon nd:1011=tue",
        ("content/2014/content_2561299.htm",),
    ),
    2015: (
        (
            "ny:0101-0103 sf:0218-0224 qm:0405-0406 ld:0501 db:0620-0622 vd:0903-0904 ma:0927 "
            "nd:1001-1007"
        ),
        "ny:0104=fri sf:0215=wed sf:0228=tue vd:0906=fri nd:1010=wed",
        ("content/2015/content_2799019.htm",),
    ),
    2016: (
        "ny:0101 sf:0207-0213 qm:0404 ld:0501-0502 db:0609-0611 ma:0915-0917 nd:1001-1007",
        "sf:0206=thu sf:0214=fri db:0612=fri ma:0918=fri nd:1008=thu nd:1009=fri",
        ("content/2016/content_2979719.htm",),
    ),
    2017: (
        (
            "ny:0101-0102 sf:0127-0202 qm:0402-0404 ld:0501 db:0528-0530 nd:1001-1003 ma:1004 "
            "nd:1005-1008"
        ),
        "sf:0122=fri sf:0204=thu qm:0401=mon db:0527=mon nd:0930=fri",
        ("content/2016/content_5148793.htm",),
    ),
    2018: (
        "ny:0101 sf:0215-0221 qm:0405-0407 ld:0429-0501 db:0618 ma:0924 nd:1001-1007 ny:1230-1231",
        "sf:0211=thu sf:0224=wed qm:0408=fri ld:0428=mon nd:0929=thu nd:0930=fri ny:1229=mon",
        ("content/2017/content_5248221.htm",),
    ),
    2019: (
        "ny:0101 sf:0204-0210 qm:0405-0407 ld:0501-0504 db:0607-0609 ma:0913-0915 nd:1001-1007",
        "sf:0202=mon sf:0203=fri ld:0428=thu ld:0505=fri nd:0929=fri nd:1012=mon",
        (
            "content/2018/content_5350046.htm",
            "content/2019/content_5380356.htm",
        ),
    ),
    2020: (
        "ny:0101 sf:0124-0202 qm:0404-0406 ld:0501-0505 db:0625-0627 nd:1001-1008",
        "sf:0119=fri ld:0426=mon ld:0509=tue db:0628=fri nd:0927=wed nd:1010=thu",
        (
            "content/2019/content_5459138.htm",
            "content/2020/content_5477297.htm",
        ),
    ),
    2021: (
        (
            "ny:0101-0103 sf:0211-0217 qm:0403-0405 ld:0501-0505 db:0612-0614 ma:0919-0921 "
            "nd:1001-1007"
        ),
        "sf:0207=thu sf:0220=wed ld:0425=tue ld:0508=wed ma:0918=mon nd:0926=wed nd:1009=thu",
        ("content/2020/content_5567750.htm",),
    ),
    2022: (
        (
            "ny:0101-0103 sf:0131-0206 qm:0403-0405 ld:0430-0504 db:0603-0605 ma:0910-0912 "
            "nd:1001-1007 ny:1231"
        ),
        "sf:0129=mon sf:0130=fri qm:0402=mon ld:0424=tue ld:0507=wed nd:1008=thu nd:1009=fri",
        ("content/2021/content_5651728.htm",),
    ),
    2023: (
        (
            "ny:0101-0102 sf:0121-0127 qm:0405 ld:0429-0503 db:0622-0624 ma:0929 nd:0930-1006 "
            "ny:1230-1231"
        ),
        "sf:0128=thu sf:0129=fri ld:0423=tue ld:0506=wed db:0625=fri nd:1007=thu nd:1008=fri",
        ("content/2023/content_5736714.htm",),
    ),
    2024: (
        "ny:0101 sf:0210-0217 qm:0404-0406 ld:0501-0505 db:0610 ma:0915-0917 nd:1001-1007",
        (
            "sf:0204=thu sf:0218=fri qm:0407=fri ld:0428=thu ld:0511=fri ma:0914=mon "
            "nd:0929=fri nd:1012=mon"
        ),
        ("2023/issue_10806/202311/content_6913823.html",),
    ),
    2025: (
        (
            "ny:0101 sf:0128-0204 qm:0404-0406 ld:0501-0505 db:0531-0602 nd:1001-1005 ma:1006 "
            "nd:1007-1008"
        ),
        "sf:0126=mon sf:0208=tue ld:0427=mon nd:0928=tue nd:1011=wed",
        ("2024/issue_11726/202411/content_6989767.html",),
    ),
    2026: (
        (
            "ny:0101-0103 sf:0215-0223 qm:0404-0406 ld:0501-0505 db:0619-0621 ma:0925-0927 "
            "nd:1001-1007"
        ),
        "ny:0104=fri sf:0214=fri sf:0228=mon ld:0509=tue nd:0920=tue nd:1010=wed",
        ("2025/issue_12406/202511/content_7048922.html",),
    ),
}
