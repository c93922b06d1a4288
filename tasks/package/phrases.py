"""Sentences and names in the form official documents give them."""

import re

from tasks.package.dossier import Chase, Dossier
from tasks.package.owing import letters_to, owed_standings
from tasks.package.words import clean, moment_zh, ourselves
from tasks.terms import wording
from tasks.terms.letters import LetterState

ORDINALS = tuple(f"（{n}）" for n in "一二三四五六七八九十") + tuple(
    f"（十{n}）" for n in "一二三四五六七八九"
)
_TITLE_LINE = 20  # characters of 22 points in the width of the page
_DOUBTFUL = (LetterState.UNKNOWN, LetterState.SENDING)


def ordinal(count: int) -> str:
    """（一） for 1; beyond 十九 the figure itself in brackets."""
    return ORDINALS[count - 1] if count <= len(ORDINALS) else f"（{count}）"


def book_title(text: str) -> str:
    """The title in 《》, titles inside it in 〈〉; one that has its marks already stays as it is."""
    kept = clean(text)
    if kept.startswith("《") and "》" in kept:
        return kept
    return f"《{kept.replace('《', '〈').replace('》', '〉')}》"


def notice_zh(dossier: Dossier) -> str:
    """The notice as documents cite it: 《title》（number）."""
    notice = dossier.campaign.notice
    number = clean(notice.document_number)
    return book_title(notice.title) + (f"（{number}）" if number else "")


def quoted(text: str) -> str:
    """The text in quotation marks, once, without anything unprintable."""
    return wording.quoted(clean(text))


def title_lines(issuer: str, rest: str) -> str:
    """A document's title, broken as the standard asks: whole words, lines of about equal length."""
    whole = clean(issuer) + clean(rest)
    if len(whole) <= _TITLE_LINE:
        return whole
    if len(clean(rest)) <= _TITLE_LINE:
        return f"{clean(issuer)}\n{clean(rest)}"
    return f"{clean(issuer)}\n{_balanced(clean(rest))}"


def _balanced(text: str) -> str:
    lines = -(-len(text) // _TITLE_LINE)
    if lines == 1:
        return text
    goal = -(-len(text) // lines)
    cut = min(_breaks(text), key=lambda n: (abs(n - goal), n), default=goal)
    if cut > _TITLE_LINE or cut < goal // 2:
        cut = goal
    return f"{text[:cut]}\n{_balanced(text[cut:])}"


def _breaks(text: str) -> list[int]:
    """Where a title may break without cutting a word: after common endings, never inside 《》 or figures."""
    ends = (
        m.end()
        for m in re.finditer("关于|开展|活动|工作|宣传|情况|主题|专项|系列|年度|年|周|月|等|和|、|》|”", text)
    )
    depth = [text[:n].count("《") - text[:n].count("》") for n in range(len(text) + 1)]
    return [n for n in ends if 0 < n < len(text) - 2 and not depth[n] and text[n] not in "，、》）”的"]


def contact_zh(dossier: Dossier) -> str:
    """The contact line; a telephone number the notice does not give in full is left out."""
    contact = dossier.campaign.notice.contact
    name, phone = clean(contact.name), "" if contact.phone == "unknown" else clean(contact.phone)
    return "，".join(part for part in (name and f"联系人：{name}", phone and f"联系电话：{phone}") if part)


def sentence(text: str) -> str:
    """Text to stand inside a sentence: without the full stop it may end in."""
    return clean(text).rstrip("。；; ")


def chasing(dossier: Dossier) -> str:
    """What was done about the reports still owed, from the letters on record and nothing else."""
    pressed = {s.reporter: letters_to(dossier, s) for s in owed_standings(dossier)}
    letters = [c for each in pressed.values() for c in each]
    moments = sorted(c.sent_at for c in letters if c.sent_at and c.state is LetterState.SENT)
    if not moments:
        return f"对上述单位，没有已发出函件的记录。{_doubts(letters)}"
    us = ourselves(clean(dossier.campaign.notice.issuer))
    reached = sum(any(c.sent_at and c.state is LetterState.SENT for c in each) for each in pressed.values())
    silent = len(pressed) - reached
    span = f"首件发于{moment_zh(moments[0])}"
    if len(moments) > 1:
        span += f"，末件发于{moment_zh(moments[-1])}"
    rest = f"其余{silent}个报送单位没有已发出函件的记录。" if silent else ""
    sent = f"{us}已向{reached}个报送单位发出通知、催报和退回函件共{len(moments)}件"
    return f"对上述单位，{sent}，{span}。{rest}{_doubts(letters)}"


def _doubts(letters: list[Chase]) -> str:
    doubtful = sum(c.state in _DOUBTFUL for c in letters)
    refused = sum(c.state is LetterState.REFUSED for c in letters)
    return (f"另有{doubtful}件投递结果不明。" if doubtful else "") + (
        f"另有{refused}件被拒收。" if refused else ""
    )
