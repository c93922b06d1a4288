"""Every letter a campaign may send, written once for its samples: a wrong template is told before the day."""

from tasks.chase.letter import Letters
from tasks.settings import Home
from tasks.terms.campaign import Campaign
from tasks.terms.errors import Misconfigured

ANSWERS = ("daily", "bulletin", "receipt", "return", "extended", "dispatch", "sign_off", "sign_note")


def kinds_of(campaign: Campaign) -> tuple[str, ...]:
    """The kinds of letter a campaign may send."""
    return tuple(dict.fromkeys((*(rung.template for rung in campaign.ladder), *ANSWERS)))


def letter_faults(home: Home, campaign: Campaign) -> list[str]:
    """What is wrong with the campaign's templates, one line each."""
    letters, found = Letters(*home.template_folders(campaign.id)), []
    for kind in kinds_of(campaign):
        try:
            letters.check([kind])
        except Misconfigured as fault:
            found.append(str(fault))
    return list(dict.fromkeys(found))


def ensure_letters(home: Home, campaign: Campaign) -> None:
    """Refuse to write any letter while one of the campaign's templates is wrong.

    Raises:
        Misconfigured: the first template that is wrong.
    """
    found = letter_faults(home, campaign)
    if found:
        more = f"（另有 {len(found) - 1} 处）" if len(found) > 1 else ""
        raise Misconfigured(found[0] + more)
