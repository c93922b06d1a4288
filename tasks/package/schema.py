"""What the package's data files hold, for programs: ``datapackage.json`` (Frictionless) beside them."""

import json
from typing import Any

from tasks.package.dossier import Dossier

UNITS = {
    "单位代码": "string", "单位名称": "string", "层级": "string", "报送单位": "string", "事项": "string",
    "状态": "string", "是否按时": "string", "收到时间": "datetime", "版本": "integer", "问题": "string",
}  # fmt: skip
FIGURES = {
    "单位代码": "string", "单位名称": "string", "事项代号": "string", "指标代号": "string",
    "状态": "string", "数值": "number", "原件路径": "string", "原件SHA256": "string", "单元格": "string",
}  # fmt: skip
ORIGINALS = {
    "报送单位代码": "string", "报送单位": "string", "路径": "string", "原文件名": "string",
    "字节数": "integer", "SHA256": "string", "缩小图": "string",
}  # fmt: skip
_STATES = ["missing", "received", "returned", "accepted", "nil", "waived"]
_FIGURE_NOTES = {
    "数值": "空为不明；零报告为 0，比率等不能相加的为空",
    "原件路径": "空为原件不在本件之内，见此前的汇总件；SHA256 相同者即是",
}
_KEYS = {
    "units": ["单位代码", "事项"],
    "figures": ["单位代码", "事项代号", "指标代号"],
    "originals": ["路径"],
}


def schema_json(dossier: Dossier) -> bytes:
    """The description of units.csv, figures.csv, originals.csv and summary.json, as UTF-8 JSON."""
    fields = {f.id: f for o in dossier.campaign.obligations for f in o.fields}
    units: dict[str, str] = UNITS | dict.fromkeys(fields, "number")
    notes = {f.id: f"{f.title}（{f.unit}）" if f.unit else f.title for f in fields.values()}
    described = {
        "profile": "tabular-data-package",
        "name": dossier.campaign.id.lower(),
        "title": dossier.name,
        "resources": [
            _table("units", units, notes),
            _table("figures", FIGURES, {**_FIGURE_NOTES, "状态": "、".join(_STATES)}),
            _table("originals", ORIGINALS, {}),
            {"name": "summary", "path": "summary.json", "format": "json", "jsonSchema": SUMMARY},
        ],
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _table(name: str, columns: dict[str, str], notes: dict[str, str]) -> dict[str, Any]:
    fields = [
        {"name": column, "type": kind, **({"description": notes[column]} if column in notes else {})}
        for column, kind in columns.items()
    ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8-sig",
        "schema": {"fields": fields, "primaryKey": _KEYS[name], "missingValues": [""]},
    }


_COUNT = {"type": ["integer", "null"], "minimum": 0}
SUMMARY: dict[str, Any] = {
    "type": "object",
    "required": ["package", "number", "campaign", "title", "issuer", "as_of", "obligations", "queue"],
    "properties": {
        "package": {"type": "string"},
        "number": {"type": "integer", "minimum": 1},
        "campaign": {"type": "string"},
        "as_of": {"type": "string", "format": "date-time"},
        "queue": {"type": "integer", "minimum": 0},
        "supplement_to": {"type": ["integer", "null"]},
        "obligations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "title", "expected", "received", "on_time", "late", "sums"],
                "properties": {"expected": _COUNT, "received": _COUNT, "on_time": _COUNT, "late": _COUNT},
            },
        },
    },
}
