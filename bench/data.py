"""Loading the whole data folder, checked, against pandas reading the same files unchecked; and again with ten
times the rows.

Run ``python -m bench.data``. Times are of processor, not of the clock, and the best of several runs, so that
whatever else the machine does weighs less.
"""

from __future__ import annotations

import csv
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from report.data.package import data_folder, DataPackage

RUNS = 7
TIMES = 10  # as many rows
AIM_RATIO, AIM_SECONDS = 3, 2


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the processor time of the quickest of several runs."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def load_all(root: Path) -> int:
    """Load every table with all its checks, from the description and the register of
    sources on; return the rows.
    """
    data = DataPackage(root=root)
    return sum(len(data.load(name)) for name in data.tables)


def read_all(root: Path) -> None:
    """Read every file as pandas does by itself."""
    for path in sorted(root.rglob("*.csv")):
        pd.read_csv(path)


def multiplied(root: Path, folder: Path, times: int = TIMES) -> Path:
    """Write the data package with each row that many times, told apart by a column that joins
    the key; return its folder.
    """
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        schema = resource["schema"]
        key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
        for field in schema["fields"]:  # what stands once in the package stands once a copy
            field.get("constraints", {}).pop("unique", None)
        schema["fields"].append({"name": "copy", "type": "integer", "unit": "ordinal number",
                                 "description": "Copy of the row"})
        schema["primaryKey"] = [*key, "copy"]
        path = folder / resource["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        with (root / resource["path"]).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        corrects = header.index("key") if resource["name"] == "corrections" else None
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*header, "copy"])
            writer.writerows([*(f"{cell}|{n}" if i == corrects else cell for i, cell in enumerate(row)), n]
                             for row in rows for n in range(times))
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (folder / "sources.bib").write_bytes((root / "sources.bib").read_bytes())
    return folder


def measure(root: Path) -> dict[str, float]:
    """Return seconds and rows for the folder as it is and with ten times the rows."""
    with tempfile.TemporaryDirectory() as folder:
        large = multiplied(root, Path(folder))
        return {
            "rows": load_all(root), "load": seconds(lambda: load_all(root)),
            "pandas": seconds(lambda: read_all(root)),
            "rows_large": load_all(large), "load_large": seconds(lambda: load_all(large), 3),
            "pandas_large": seconds(lambda: read_all(large), 3),
        }


def main() -> None:
    m = measure(data_folder())
    print(f"The data folder, loaded and checked; processor time, the quickest of {RUNS} runs "
          f"(aims: under {AIM_SECONDS} s, at most {AIM_RATIO} times pandas)")
    print(f"{'':32}{'this book':>12}{'pandas':>12}{'this / pandas':>15}")
    for rows, size in ((m["rows"], ""), (m["rows_large"], "_large")):
        print(f"{f'{rows:,} rows':32}{m[f'load{size}']:>10.2f} s{m[f'pandas{size}']:>10.2f} "
              f"s{m[f'load{size}'] / m[f'pandas{size}']:>15.1f}")
    print(
        f"{f'{TIMES} times the rows take':32}{m['load_large'] / m['load']:>11.1f}x"
        f"{m['pandas_large'] / m['pandas']:>11.1f}x")


if __name__ == "__main__":
    main()
