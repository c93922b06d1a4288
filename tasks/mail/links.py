"""Files that are not sent but linked to: large attachments, net disks, documents kept online. Pure."""

import re

LINK = re.compile(r"https?://[^\s\"'<>，。；、）]+", re.IGNORECASE)
HOSTS = (
    r"pan\.baidu\.com|yun\.baidu\.com|weiyun\.com|pan\.quark\.cn|drive\.uc\.cn|aliyundrive\.com|alipan\.com"
    r"|cowtransfer\.com|wenshushu\.cn|wss\.ink|lanzou\w*\.com|115\.com|115cdn\.com|123pan\.com|123684\.com"
    r"|cloud\.189\.cn|caiyun\.139\.com|yun\.139\.com|pan\.xunlei\.com|ctfile\.com|jianguoyun\.com"
    r"|dashi\.163\.com|mail\.163\.com/large-attachment|mail\.qq\.com/cgi-bin/ftn|wx\.mail\.qq\.com/ftn"
    r"|mail\.10086\.cn/largeattachment|1drv\.ms|onedrive\.live\.com|sharepoint\.(?:com|cn)|drive\.google\.com|dropbox\.com"
    r"|icloud\.com(?:\.cn)?/(?:iclouddrive|attachment)|drive\.weixin\.qq\.com|doc\.weixin\.qq\.com|pan\.wo\.cn|feijipan\.com"
    r"|kdocs\.cn|wps\.cn/l|docs\.qq\.com|shimo\.im|feishu\.cn|yuque\.com|alidocs\.dingtalk\.com"
)
CLOUD = re.compile(rf"(?<![\w.@-])(?:https?://)?(?:[\w-]+\.)*(?:{HOSTS})(?=[/?#:\"'\s]|$)", re.IGNORECASE)
"""Places where a file is only linked to, not sent; people leave out the scheme."""
SAID = re.compile(r"超大附件|大附件下载|云附件|文件中转站|中转站(?:附件|文件)")
"""Words mail programs put beside the link, whatever host it leads to."""
DISK = re.compile(
    r"网盘|云盘|微云|金山文档|腾讯文档|石墨文档|在线文档|文叔叔|奶牛快传|中转站|坚果云|阿里云盘|夸克|蓝奏"
)
CODE = re.compile(
    r"(提取码|访问码|提取密码|取件码|分享码|下载码)[\s：:为是]{0,3}[A-Za-z0-9]{4,8}(?![A-Za-z0-9])"
)


def links_to_cloud(text: str) -> bool:
    """Whether the text or HTML points to a file kept elsewhere."""
    if CLOUD.search(text) or CODE.search(text):
        return True
    return bool((SAID.search(text) or DISK.search(text)) and LINK.search(text))
