"""What stood out: sentences of the units' own narratives, word for word, chosen by rules that are told.

A sentence is taken when it is whole and short enough to quote, speaks of something the notice asked to
publicise, and holds a figure or tells of an example. One a unit; those that touch most come first.
"""

import re
from collections.abc import Iterable

from tasks.package.dossier import Quote
from tasks.package.words import clean
from tasks.terms.obligation import NarrativeRule

MOST = 6
"""Most sentences a report quotes."""

RULE_ZH = (
    "摘录办法：从已通过的总结中，每个单位至多取一句完整的原句，须涉及通知确定的主题或宣传内容，"
    "并有具体数字或事例；按涉及内容多少排列，相同的按名册顺序"
)
_SHORTEST, _LONGEST = 18, 120
_SENTENCE = re.compile(r"[^。！？!?\n\r]+[。！？!?]")
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千万]+[场次户人名个篇条件份期项]")
_EXAMPLE = ("典型", "案例", "首次", "创新", "探索", "打造", "品牌", "获评", "荣获", "经验")
_PRIVATE = re.compile(r"\d[\d\s-]{6,}|身份证|电话|手机|@|微信号|银行")
_HEADING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.]\s*)+")
_LEADING = "“”‘’\"'，、；：,;: \u3000"
_TOPIC_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


def best_sentence(text: str, rule: NarrativeRule) -> tuple[int, str] | None:
    """The narrative's best sentence with its score; None when none may be quoted."""
    words = _words(rule)
    scored = ((_score(s, words), s) for s in _sentences(text))
    told = [(score, s) for score, s in scored if score]
    return max(told, key=lambda each: each[0], default=None)


def chosen(found: Iterable[tuple[int, Quote]], most: int = MOST) -> tuple[Quote, ...]:
    """The best quotes, best first; equal ones in the order given. No sentence is quoted twice."""
    seen: dict[str, Quote] = {}
    for _, quote in sorted(found, key=lambda each: -each[0]):
        seen.setdefault(quote.text, quote)
    return tuple(seen.values())[:most]


def _words(rule: NarrativeRule) -> tuple[str, ...]:
    topics = (w for topic in (*rule.keywords, *rule.topics) for w in _TOPIC_WORD.findall(topic))
    return tuple(dict.fromkeys(topics))


def _sentences(text: str) -> Iterable[str]:
    for found in _SENTENCE.finditer(text):
        sentence = _HEADING.sub("", clean(found.group())).lstrip(_LEADING)
        if _SHORTEST <= len(sentence) <= _LONGEST and not _PRIVATE.search(sentence) and _whole(sentence):
            yield sentence


def _whole(sentence: str) -> bool:
    """Whether brackets and quotation marks close: half a quotation must not be quoted."""
    return all(sentence.count(a) == sentence.count(b) for a, b in ("“”", "《》", "（）", "()", "‘’"))


def _score(sentence: str, words: tuple[str, ...]) -> int:
    topics = sum(word in sentence for word in words)
    examples = sum(word in sentence for word in _EXAMPLE)
    if not topics or not (examples or _FIGURE.search(sentence)):
        return 0
    return 2 * topics + examples + bool(_FIGURE.search(sentence))
