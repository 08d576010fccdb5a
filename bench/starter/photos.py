#!/usr/bin/env python3
"""What a package says of full-size photos: how many of its tags are right, how many photos of its classes it names, how often it is silent on others.

    python3 bench/starter/photos.py --model models/starter/starter.pictor --photos DIR

DIR holds photos.tsv (columns file, wnid) and the photos. A photo whose wnid is a class of the package counts for precision and recall; the
others for silence. Intervals are Wilson's at 95 %.
"""
import argparse
import csv
import json
import math
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def wilson(right, n):
    if n == 0:
        return "no photo"
    p, z = right / n, 1.96
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{right} of {n}: {p * 100:.1f} % ({(middle - half) * 100:.1f} to {(middle + half) * 100:.1f})"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--model", required=True)
    options.add_argument("--photos", required=True)
    options.add_argument("--pictor", default=os.path.join(ROOT, "pictor"))
    options.add_argument("--list", action="store_true", help="also print each photo and its tags")
    given = options.parse_args()
    with open(os.path.join(given.photos, "photos.tsv"), encoding="utf-8") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    files = {os.path.abspath(os.path.join(given.photos, row["file"])): row["wnid"] for row in rows}
    answer = subprocess.run([*given.pictor.split(), "annotate", *files, "--model", given.model, "--top", "5", "--json", "-q"], stdout=subprocess.PIPE, text=True)
    if answer.returncode not in (0, 3):
        sys.exit(f"annotate ended with {answer.returncode}")
    import zipfile
    with zipfile.ZipFile(given.model) as package:
        classes = {line.split("\t")[0] for line in package.read("labels.tsv").decode().splitlines()[1:]}
    right = tags = named = own = top1 = top5 = silent = foreign = 0
    for item in json.loads(answer.stdout)["items"]:
        wnid = files[item["file"]]
        said = [a["labelId"] for a in item["annotations"] if a["kind"] == "tag"]
        if given.list:
            print(os.path.basename(item["file"]), [f"{a['value']} {a['confidence']:.2f}" for a in item["annotations"]], [f"{p['label']} {p['probability']:.2f}" for p in item["predictions"][:2]])
        if wnid in classes:
            own += 1
            tags += len(said)
            right += said.count(wnid)
            named += wnid in said
            top = [p["labelId"] for p in item["predictions"]]
            top1 += top[:1] == [wnid]
            top5 += wnid in top
        else:
            foreign += 1
            silent += not said
    print(f"tags that are right, on photos of its classes  {wilson(right, tags)}")
    print(f"photos of its classes that are named           {wilson(named, own)}")
    print(f"top-1 / top-5 whatever the confidence          {wilson(top1, own)} / {wilson(top5, own)}")
    print(f"silent on photos of none of its classes        {wilson(silent, foreign)}")


if __name__ == "__main__":
    main()
