"""Counts what guessers get in a day: `python tests/benchmarks/sign_in_guesses.py [ADDRESSES ACCOUNTS]`.

Each address tries each account as soon as it may, for 24 hours by the registry's own count (`registry.identity.attempts`).
Without arguments: the first rows of the table in ADR 19. A count takes milliseconds, so that a day of the larger ones takes
many minutes; they are multiples of the first, since each lane comes to its own longest wait.
"""

import heapq
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import wsgi
from registry.columns import Base
from registry.db import db, transaction
from registry.identity import attempts
from registry.identity.attempts import Lane

BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
END = BEGIN + timedelta(days=1)
AN_ANSWER = timedelta(milliseconds=100)


def guesses(addresses: int, accounts: int) -> int:
    """How many passwords are looked at in a day."""
    lanes = [
        Lane.of("key", login=f"account-{account}", address=f"10.0.{address // 250}.{address % 250}")
        for address, account in product(range(addresses), range(accounts))
    ]
    waiting, made = [(BEGIN, number) for number in range(len(lanes))], 0
    with transaction(bookkeeping=True) as session:
        while waiting:
            now, number = heapq.heappop(waiting)
            if now >= END:
                continue
            wait = attempts.count(session, now, lanes[number])
            made += not wait
            heapq.heappush(waiting, (now + max(wait, AN_ANSWER), number))
        session.rollback()
        session.info["changed"] = False
    return made


def main() -> None:
    asked = [tuple(map(int, sys.argv[1:3]))] if len(sys.argv) > 2 else [(1, 1), (10, 1), (1, 20)]
    with tempfile.TemporaryDirectory() as folder:
        app = wsgi.create_app({"INSTANCE": Path(folder), "DATABASE_URL": ""})
        with app.app_context():
            Base.metadata.create_all(db.engine)
            for addresses, accounts in asked:
                print(f"{addresses:5} addresses  {accounts:4} accounts  {guesses(addresses, accounts):7} guesses a day")
            db.session.close()
            db.engine.dispose()


if __name__ == "__main__":
    main()
