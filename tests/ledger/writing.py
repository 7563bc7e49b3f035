"""A writer process for the tests: `python writing.py FOLDER COUNT SIZE` appends readings in batches of a size."""

from __future__ import annotations

import sys

from sides.ledger.store import Store


def main(path: str, count: int, size: int) -> None:
    from factory import many_readings  # run as a script, so this folder is on the path

    readings = many_readings(count)
    print("ready", flush=True)
    sys.stdin.readline()
    store = Store.create_or_open(path)
    for begin in range(0, count, size):
        print(store.append(readings[begin:begin + size]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
