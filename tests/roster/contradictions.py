"""Campaign files that contradict themselves or the roster in one place each."""
# ruff: noqa: E501  a table is read as a table

# (what stands there, what is typed instead, the field named, what must be said)
DUE = "      date: 2023-04-04\n      inclusive: true\n"
WRONG = {
    "kind nobody is of": ("- kind: street", "- kind: villages", "obligations[0].owed_by[0].kind", "street"),
    "tier nobody is of": ("- kind: street", "- tier: 省", "obligations[0].owed_by[0].tier", "镇街"),
    "unit nobody knows": ("- kind: street", '- units: ["999"]', "obligations[0].owed_by[0].units", "999"),
    "exception nobody knows": (
        "- kind: street", '- {kind: street, exclude: ["999"]}', "obligations[0].owed_by[0].exclude", "999",
    ),
    "window that is not there": ("window: week", "window: weeks", "obligations[0].window", "week"),
    "quota of no figure": ("{field: visits, min: 30}", "{field: visit, min: 30}", "obligations[1].quotas[1].field", "visits"),
    "target of no figure": (
        "{field: visits, min: 10000", "{field: visit, min: 10000", "obligations[1].targets[1].field", "visits",
    ),
    "quota upside down": ("{field: visits, min: 30}", "{field: visits, min: 30, max: 3}", "obligations[1].quotas[1].max", "30"),
    "quota below nought": ("{field: visits, min: 30}", "{field: visits, min: -30}", "obligations[1].quotas[1].min", "-30"),
    "quota for one figure twice": ("{field: visits, min: 30}", "{field: activities, min: 30}", "obligations[1].quotas[1].field", "重复"),
    "range upside down": ("high: 500\n", "high: 500\n        low: 600\n", "obligations[1].fields[0].low", "600"),
    "two figures of one name": ("aliases: [媒体报道,", "aliases: [新媒体宣传, 媒体报道,", "obligations[1].fields[6]", "media_online"),
    "hour that is none": (DUE, f"{DUE}      time: 下班后\n", "obligations[0].due.time", "下班前"),
    "hour after 24:00": (DUE, f'{DUE}      time: "24:30"\n', "obligations[0].due.time", "24:00"),
    "minute sixty": (DUE, f'{DUE}      time: "09:60"\n', "obligations[0].due.time", "HH:MM"),
    "window upside down": ("end: 2023-03-31", "end: 2023-03-01", "windows[0].end", "2023-03-21"),
    "obligation twice": ("- id: figures", "- id: summary", "obligations[1].id", "重复"),
    "figure twice": ("- id: visits", "- id: activities", "obligations[1].fields[1].id", "重复"),
    "rung twice": ("{id: t-1,", "{id: t-5,", "ladder[2].id", "重复"),
    "window twice": ("- id: thousand", "- id: week", "windows[1].id", "重复"),
    "id with a space": ("- id: summary", "- id: sum mary", "obligations[0].id", "小写"),
    "id with a capital": ("- id: summary", "- id: Summary", "obligations[0].id", "小写"),
    "id with a dot": ("- id: summary", "- id: summary.1", "obligations[0].id", "小写"),
    "id in Chinese": ("- id: summary", "- id: 总结", "obligations[0].id", "小写"),
    "id of nothing": ("- id: summary", '- id: ""', "obligations[0].id", "小写"),
    "rung of no obligation": (
        "template: start}", "template: start, obligations: [sumary]}", "ladder[0].obligations", "summary",
    ),
    "rung with a letter that answers": ("template: start}", "template: receipt}", "ladder[0].template", "reminder"),
    "rung without a template": ("template: start}", "template: begin}", "ladder[0].template", "start"),
    "rung with no day": ("working_days: -5, ", "", "ladder[1]", "working_days"),
    "rung with two days": ("working_days: -5, ", "working_days: -5, on: 2023-03-20, ", "ladder[1]", "working_days"),
    "rung no hour before": ("working_days: -5, ", "hours_before: 0, ", "ladder[1].hours_before", "不小于 1"),
    "rung no hour after": ("working_days: 1, ", "hours_after: 0, ", "ladder[5].hours_after", "不小于 1"),
    "rung to nobody on duty": ("audience: [leader], template: digest", "audience: [ops], template: digest", "ladder[7].audience", "on_duty"),
    "rung to nobody": ("audience: [preparer], template: start", "audience: [], template: start", "ladder[0].audience", "preparer"),
    "digest to a unit": ("audience: [leader], template: digest", "audience: [preparer], template: digest", "ladder[7].audience", "本局领导"),
    "circular to the missing only": ("template: circular}", "only: missing, template: circular}", "ladder[8].only", "删去"),
    "rung after the last package": ("on: 2023-03-08", "on: 2023-05-08", "ladder[0].on", "4月11日"),
    "rung counted past the last package": ("working_days: 2,", "working_days: 9,", "ladder[6].working_days", "4月11日"),
    "package before the day": ("at: 2023-04-04T18:00", "at: 2023-04-03T18:00", "package.at", "2023-04-04"),
    "supplement before the package": ("[2023-04-11T17:00]", "[2023-04-01T17:00]", "package.supplements[0]", "汇总件"),
    "supplement at the package's own moment": ("[2023-04-11T17:00]", "[2023-04-04T18:00, 2023-04-11T17:00]", "package.supplements[0]", "汇总件"),
    "package after the superior's day": (
        "  due: unknown                       # 通知没有写市局", "  due: 2023-04-04T12:00 # ", "package.at", "12:00",
    ),
    "channel without address": ("  address: shehui@shiju.example      #", "  #", "superior.address", "邮箱"),
    "address that is none": ("shehui@shiju.example", "shehui", "superior.address", "邮箱"),
    "account nobody has": ("account: capture", "account: office", "account", "capture"),
    "source without folder": ("{kind: maildir, path: var/mail/inbox}", "{kind: maildir}", "sources[0].path", "目录"),
    "source outside the home": ("path: var/mail/inbox", "path: ../mail", "sources[0].path", "主目录"),
    "source at the root": ("path: var/mail/inbox", "path: /var/mail", "sources[0].path", "主目录"),
    "source without account": ("{kind: maildir, path: var/mail/inbox}", "{kind: imap}", "sources[0].account", "账户"),
    "roster that is not there": ("rosters/nanchuan.csv", "rosters/none.csv", "roster", "none.csv"),
    "form without figures": ("deliverable: narrative", "deliverable: form", "obligations[0].fields", "fields"),
    "nobody owes it": ("- kind: street\n      - kind: township\n      - kind: organisation\n    narr", "- {kind: street, tier: 村社}\n    narr", "obligations[0].owed_by", "没有任何单位"),
    "owed by nobody at all": ("owed_by:                         # “请各乡镇（街道）、各单位”\n      - kind: street\n      - kind: township\n      - kind: organisation\n", "owed_by: []\n", "obligations[0].owed_by", "没有任何单位"),
    "through no such kind": ("[station, studio]", "[station, studios]", "obligations[1].through_parent[1]", "studio"),
    "roster outside the folder": ("rosters/nanchuan.csv", "../rosters/nanchuan.csv", "roster", "config 之内"),
    "roster at the root": ("rosters/nanchuan.csv", "/etc/hostname", "roster", "config 之内"),
    "title of nothing": ("title: 活动总结\n", 'title: " "\n', "obligations[0].title", "空的"),
    "campaign without a title": ("title: 南川区第七届巴渝社会工作宣传周", 'title: ""', "title", "空的"),
    "notice without a title": ("  title: 关于开展第七届巴渝社会工作宣传周活动的通知", '  title: ""', "notice.title", "空的"),
    "title left open": ("title: 活动总结\n", "title: unknown\n", "obligations[0].title", "unknown"),
    "heading left open": ("title: 走访家庭\n", "title: unknown\n", "obligations[1].fields[1].title", "unknown"),
    "number left open": ("document_number: 南川民发〔2023〕10号", "document_number: unknown", "notice.document_number", "没有文号"),
    "nobody to ask": ("name: 吴琪", "name: unknown", "notice.contact.name", "unknown"),
    "title twice": ("title: “千场活动、万家走访”统计表", "title: 活动 总结", "obligations[1].title", "重复"),
    "heading twice": ("title: 走访家庭\n", "title: 社区活动\n", "obligations[1].fields[1].title", "重复"),
    # Recurrence, inner deadlines, closing, announcing
    "weeks without an end": (
        "    window: week\n    due:\n", "    recurrence: {every: weekly}\n    due:\n", "obligations[0].recurrence.until", "until",
    ),
    "ends before it begins": (
        "    due:\n      date: 2023-04-04\n", "    recurrence: {every: weekly, until: 2023-04-03}\n    due:\n      date: 2023-04-04\n",
        "obligations[0].recurrence.until", "2023-04-04",
    ),
    "listed without dates": ("    due:\n", "    recurrence: {every: listed}\n    due:\n", "obligations[0].recurrence.dates", "dates"),
    "dates for weeks": (
        "    due:\n", "    recurrence: {every: weekly, until: 2023-05-01, dates: [2023-04-09]}\n    due:\n",
        "obligations[0].recurrence.dates", "listed",
    ),
    "listed before the first": (
        "    due:\n", "    recurrence: {every: listed, dates: [2023-04-01]}\n    due:\n", "obligations[0].recurrence", "2023-04-04",
    ),
    "every 31st": (
        "    due:\n      date: 2023-04-04\n", "    recurrence: {every: monthly, until: 2023-06-30}\n    due:\n      date: 2023-03-31\n",
        "obligations[0].recurrence.every", "month_end",
    ),
    "daily for ten years": (
        "    due:\n", "    recurrence: {every: daily, until: 2033-04-04}\n    due:\n", "obligations[0].recurrence.until", "400",
    ),
    "recurring and unknown": (
        "    due: unknown ", "    recurrence: {every: weekly}\n    due: unknown ", "obligations[1].due", "首次",
    ),
    "no working day after": (DUE, f"{DUE}      working_days_after: 0\n", "obligations[0].due.working_days_after", "1"),
    "no working day before": (DUE, f"{DUE}      working_days_before: -1\n", "obligations[0].due.working_days_before", "1"),
    "counted both ways": (
        DUE, f"{DUE}      working_days_after: 1\n      working_days_before: 1\n", "obligations[0].due.working_days_before", "只能写一个",
    ),
    "not that day, by an hour": (
        "inclusive: true", 'inclusive: false\n      time: "17:00"', "obligations[0].due.inclusive", "钟点",
    ),
    "working days of a year without table": (
        DUE, "      date: 2028-04-04\n      working_days_after: 3\n", "obligations[0].due.working_days_after", "2028",
    ),
    "rolled in a year without table": (
        DUE, "      date: 2028-04-04\n      roll: next_working_day\n", "obligations[0].due.roll", "config/calendar/2028.yaml",
    ),
    "inner before an unknown day": (
        "    owed_by:", "    inner: [{tier: 镇街, working_days: 2}]\n    owed_by:", "obligations[0].inner[0].before", "上级",
    ),
    "inner for nobody": (
        "    owed_by:", "    inner: [{working_days: 2, before: due}]\n    owed_by:", "obligations[0].inner[0]", "tier",
    ),
    "inner for a tier nobody is of": (
        "    owed_by:", "    inner: [{tier: 县, working_days: 2, before: due}]\n    owed_by:", "obligations[0].inner[0].tier", "镇街",
    ),
    "inner for units that do not owe it": (
        "    owed_by:", "    inner: [{tier: 村社, working_days: 2, before: due}]\n    owed_by:", "obligations[0].inner[0]", "不起作用",
    ),
    "weeks of a window that is not there": (
        "    window: week\n    due:\n", "    window: weeks\n    recurrence: {every: weekly}\n    due:\n", "obligations[0].window", "week",
    ),
    "weeks of a window that is over": (
        "    window: week\n    due:\n      date: 2023-04-04\n", "    window: week\n    recurrence: {every: weekly}\n    due:\n      date: 2023-04-04\n", "obligations[0].window", "2023-03-31",
    ),
    "inner after the day": (
        "    owed_by:", "    inner: [{tier: 镇街, working_days: -2, before: due}]\n    owed_by:",
        "obligations[0].inner[0].working_days", "-2",
    ),
    "target of a series that is none": (
        "{field: visits, min: 10000", "{field: visits, over: sum, min: 10000", "obligations[1].targets[1].over", "删去",
    ),
    "target below nought": (
        "{field: visits, min: 10000", "{field: visits, min: -1", "obligations[1].targets[1].min", "-1",
    ),
    "through a parent it has not": (
        "    owed_by:                         # “请各乡镇（街道）、各单位”", "    through_parent: [street]\n    owed_by:",
        "obligations[0].through_parent", "没有上级",
    ),
    "inner for those reported for": (
        "    owed_by:                         # “每个", "    inner: [{tier: 村社, working_days: 2, before: due}]\n    owed_by: # ",
        "obligations[1].inner[0]", "由上级代报",
    ),
    "inner after its own day": (
        "    owed_by:", '    inner: [{tier: 镇街, working_days: 0, time: "24:00"}]\n    owed_by:', "obligations[0].inner[0].before", "上级",
    ),
    "weeks past the last package": (
        "    due:\n", "    recurrence: {every: weekly, until: 2023-04-30}\n    due:\n", "obligations[0].recurrence", "supplements",
    ),
    "reminders in a year without table": (
        DUE, "      date: 2028-04-04\n", "ladder[1].working_days", "2028",
    ),
    "inner hour that is none": (
        "    owed_by:", "    inner: [{tier: 镇街, working_days: 2, before: due, time: 早上}]\n    owed_by:",
        "obligations[0].inner[0].time", "HH:MM",
    ),
    "closed before it is due": ("    owed_by:", "    closes: 2023-04-04T12:00\n    owed_by:", "obligations[0].closes", "时限"),
    "announced after it is due": ("    owed_by:", "    since: 2023-04-05\n    owed_by:", "obligations[0].since", "时限"),
}  # fmt: skip
