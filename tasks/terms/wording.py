"""Small rules of written Chinese that every room shares."""


def quoted(text: str) -> str:
    """A name in quotation marks, once: “活动总结”, but 《“千场活动、万家走访”统计表》."""
    if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
        return text
    return f"《{text}》" if "“" in text else f"“{text}”"


def book_title(text: str) -> str:
    """A title in 《》, titles inside it in 〈〉; one that has its marks already stays as it is."""
    if text.startswith("《") and "》" in text:
        return text
    return f"《{text.replace('《', '〈').replace('》', '〉')}》"
