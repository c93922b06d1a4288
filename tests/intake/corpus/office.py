"""An invented bureau whose towns send in the papers: 溪南县水利局 and its winter works."""

from pathlib import Path

from tasks.settings import SHIPPED, Home

ID = "winter-2024"
TOWNS = tuple(f"{a}{b}镇" for a in "青白红金银玉云雨松竹" for b in "河湾坪塘沟岭洲渡溪岗")
VILLAGES = ("上坝村", "下坝村")
"""Villages of the first town, known to the roster."""

CAMPAIGN = f"""
id: {ID}
title: 溪南县2024年冬修水利
notice:
  issuer: 溪南县水利局
  document_number: 溪水〔2024〕21号
  title: 关于开展2024年冬修水利并报送情况的通知
  issued_on: 2024-10-08
  section: 农水股
  contact: {{name: 演示, phone: unknown}}
  theme: 冬修水利
superior: {{name: 某市水利局, due: unknown, channel: unknown}}
roster: rosters/xinan.csv
windows: [{{id: winter, title: 冬修期, start: 2024-10-10, end: 2024-11-30}}]
obligations:
  - id: figures
    title: 冬修水利统计表
    deliverable: form
    window: winter
    due: {{date: 2024-12-05}}
    owed_by: [{{kind: town}}, {{kind: village}}]
    through_parent: [village]
    fields:
      - {{id: dredged, title: 清淤沟渠, unit: 公里, aliases: [沟渠清淤], whole: false, high: 500}}
      - {{id: ponds, title: 整修山塘, unit: 口, aliases: [修复山塘, 山塘整修], high: 1000}}
      - {{id: labour, title: 投工投劳, unit: 人次, aliases: [出动劳力], high: 100000}}
      - {{id: money, title: 投入资金, unit: 万元, aliases: [资金投入], required: false, whole: false}}
  - id: summary
    title: 冬修水利总结
    deliverable: narrative
    window: winter
    due: {{date: 2024-12-05}}
    owed_by: [{{kind: town}}]
    narrative: {{keywords: [冬修], min_characters: 60}}
sources: [{{kind: drop, path: var/drop/{ID}}}]
account: capture
package: {{at: 2024-12-05T18:00, basis: 演示}}
"""

OFFICE = """
bureau: 溪南县水利局
accounts:
  capture: {address: bureau@xinan.example, display_name: 溪南县水利局, letters_per_minute: 6000}
"""


def make_home(folder: Path) -> Home:
    """A home folder with the campaign and its roster."""
    config = folder / "config"
    for name in ("campaigns", "rosters"):
        (config / name).mkdir(parents=True)
    (config / "calendar").symlink_to(SHIPPED / "config" / "calendar")
    (config / "office.yaml").write_text(OFFICE, "utf-8")
    (config / "campaigns" / f"{ID}.yaml").write_text(CAMPAIGN.strip() + "\n", "utf-8")
    rows = ["code,name,kind,tier,parent,aliases,preparer"]
    rows += [
        f"T{n:02},{town},town,镇街,,{town}人民政府、{town[:2]},t{n:02}@xinan.example"
        for n, town in enumerate(TOWNS)
    ]
    rows += [
        f"V{n:02},{TOWNS[0]}{village},village,村社,T00,{village},v{n:02}@xinan.example"
        for n, village in enumerate(VILLAGES)
    ]
    (config / "rosters" / "xinan.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return Home.at(folder)
