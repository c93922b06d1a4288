"""The product's flows, each in a child to be killed: runner.py HOME

Everything is imported once. Reads ``VERB AS_OF`` and answers with the number of the child it started; reads
``wait SECONDS`` and answers with how each ended: its exit code, or the signal that ended it, negative.
"""

import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from flows import engine
from tasks.settings import Home
from tasks.terms import times


def work(home: Home, verb: str, as_of: str) -> None:
    """One run of a flow, as the command line starts it; what the run tells goes to nobody."""
    try:
        engine.run(home, verb, campaign="drill", as_of=times.parse(as_of))
    except BaseException:  # noqa: BLE001  a run may end in any way; how is kept
        with (home.var / "ended.log").open("a") as log:
            traceback.print_exc(file=log)
        os._exit(1)
    os._exit(0)


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def wait(children: list[int], seconds: float) -> list[int]:
    end, codes = time.monotonic() + seconds, {}
    while len(codes) < len(children):
        for number in set(children) - set(codes):
            if time.monotonic() > end:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            found, status = os.waitpid(number, os.WNOHANG)
            if found:
                codes[number] = os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    return [codes[number] for number in children]


def main(home: Home) -> None:
    engine.prepare(home)
    for verb in ("check", "chase"):
        engine.load(verb)
    say("ready")
    children: list[int] = []
    for line in sys.stdin:
        verb, _, rest = line.strip().partition(" ")
        if verb == "wait":
            say(*wait(children, float(rest)))
            children.clear()
        elif number := os.fork():
            children.append(number)
            say(number)
        else:
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
                work(home, verb, rest)


if __name__ == "__main__":
    main(Home.at(Path(sys.argv[1])))
