"""What pages cost on an instance: processor time, size and SQL statements, of one public page of each kind.

    REGISTRY_INSTANCE=DIR python tests/benchmarks/page_costs.py [ADDRESS …]

The least of seven readings, once what the process keeps has been read. `tests/factories/larger.py` makes an instance ten times
larger.
"""

import sys
import time
from pathlib import Path

from sqlalchemy import event

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import wsgi
from registry.db import db
from registry.web.warming import read_one_page_of_each_kind

READINGS = 7


def main() -> None:
    app = wsgi.create_app()
    client, statements = app.test_client(use_cookies=False), [0]

    def note(*_: object) -> None:
        statements[0] += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    for address in sys.argv[1:] or list(read_one_page_of_each_kind(app)):
        client.get(address).close()
        least = float("inf")
        for _ in range(READINGS):
            statements[0], begun = 0, time.process_time()
            answer = client.get(address)
            least = min(least, time.process_time() - begun)
        size = len(answer.data) / 1000
        print(f"{address:90} {answer.status_code} {least * 1000:7.1f} ms {size:7.1f} kB {statements[0]:3} statements")


if __name__ == "__main__":
    main()
