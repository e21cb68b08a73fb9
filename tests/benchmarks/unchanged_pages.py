"""What it costs to answer that a page is unchanged (304), beside the page itself and a static file, in one process.

    REGISTRY_INSTANCE=DIR python tests/benchmarks/unchanged_pages.py

Milliseconds of the middle of 200 requests each; the ratio is to the static file of the same run.
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import wsgi
from registry.web.warming import read_one_page_of_each_kind

TIMES = 200
KINDS = ("/uppfoljning/", "/termbank/", "/modeller/", "/spar/", "/leveranser/", "/floden/")


def milliseconds(client, address: str, headers: dict[str, str], status: int, times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        with client.get(address, headers=headers) as answer:
            answer.get_data()
        taken.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == status, (address, answer.status_code)
    return statistics.median(taken)


def main() -> None:
    app = wsgi.create_app()
    client = app.test_client(use_cookies=False)
    pages = [one for one in read_one_page_of_each_kind(app) if one == "/" or one.startswith(KINDS)]
    static = _static(client)
    print(f"{'static file':70} {'':>9} {static:8.2f} ms    1.0")
    for address in pages:
        tag = client.get(address).headers.get("ETag")
        if tag is None:
            continue
        whole = milliseconds(client, address, {}, 200, 5)
        unchanged = milliseconds(client, address, {"If-None-Match": tag}, 304)
        print(f"{address:70} {whole:6.1f} ms {unchanged:8.2f} ms {unchanged / static:6.1f}")


def _static(client) -> float:
    page = client.get("/").get_data(as_text=True)
    address = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    tag = client.get(address).headers.get("ETag")
    headers = {"If-None-Match": tag} if tag else {}
    return milliseconds(client, address, headers, 304 if tag else 200)


if __name__ == "__main__":
    main()
