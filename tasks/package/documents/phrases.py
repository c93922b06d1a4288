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
_INSIDE_A_WORD = 400.0
_ENDINGS = re.compile(
    r"关于|开展|活动(?![周月日室中])|工作(?![者站室组人])|宣传(?![周月日品册])|情况|主题(?!教育)|专项|系列|行动|整治|检查|建设"
    r"|年度|年(?![度级龄轻货])|学期|季度|周(?![报年])|月(?![报度])|期间|以来|等|和|、|》|”"
)
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
    whole, first, second = clean(issuer) + clean(rest), clean(issuer), clean(rest)
    if _width(whole) <= _TITLE_LINE:
        return whole
    return f"{first}\n{_balanced(second)}"


def _balanced(text: str) -> str:
    """The text in lines that fit: few, even, and cut inside a word only where nothing else is left."""
    goal = _width(text) / -(-int(_width(text) * 2) // (_TITLE_LINE * 2))
    cuts = _breaks(text) | {len(text): 0}
    best: dict[int, tuple[float, str]] = {0: (0, "")}
    for end in range(1, len(text) + 1):
        made = [
            (
                best[start][0] + (_width(text[start:end]) - goal) ** 2 + cuts[end],
                f"{best[start][1]}{text[start:end]}\n",
            )
            for start in best
            if _width(text[start:end]) <= _TITLE_LINE and end in cuts
        ]
        if made:
            best[end] = min(made)
    return best[len(text)][1].rstrip("\n") if len(text) in best else text


def _width(text: str) -> float:
    """In characters of the title's size; figures and Latin letters are half as wide."""
    return sum(0.5 if c.isascii() else 1 for c in text)


def _breaks(text: str) -> dict[int, float]:
    """What a cut costs where one may be: nothing after common endings; never inside 《》 or figures."""
    ends = {m.end() for m in _ENDINGS.finditer(text)}
    depth = [text[:n].count("《") - text[:n].count("》") for n in range(len(text) + 1)]
    found: dict[int, float] = {}
    for n in range(1, len(text) - 1):
        inside = text[n] in "，、》）”的" or text[n - 1] in "《（“" or (text[n - 1] + text[n]).isascii()
        if not inside:
            found[n] = 0 if n in ends and not depth[n] else _INSIDE_A_WORD
    return found


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
    pressed: dict[str, dict[int, Chase]] = {}
    for standing in owed_standings(dossier):  # a letter that asked for several things is one letter
        own = pressed.setdefault(standing.reporter, {})
        own.update((id(letter), letter) for letter in letters_to(dossier, standing))
    letters = [c for each in pressed.values() for c in each.values()]
    moments = sorted(c.sent_at for c in letters if c.sent_at and c.state is LetterState.SENT)
    if not moments:
        return f"对上述单位，没有已发出函件的记录。{_doubts(letters)}"
    us = ourselves(clean(dossier.campaign.notice.issuer))
    reached = sum(
        any(c.sent_at and c.state is LetterState.SENT for c in each.values()) for each in pressed.values()
    )
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
