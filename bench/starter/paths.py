#!/usr/bin/env python3
"""How a package does on the same pictures after six ways that pictures take through other programs.

The ways are walked by Pillow, whose resizing is not ours:

    python3 bench/starter/paths.py --model models/starter/starter.pictor --data DIR/val

DIR/val holds one folder of pictures per class. Prints a table and, with --json FILE, writes it. A network that leans on the
sharp pixels of its training set falls by up to a third here (and a mean within 2.5 points of the clean figure is the aim).
"""
import argparse
import glob
import io
import json
import os
import subprocess
import sys
import tempfile

from PIL import Image, ImageFilter

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def there_and_back(side, filter):
    def way(picture):
        w, h = picture.size
        return picture.resize((side, side), filter).resize((w, h), filter)
    return way


def jpeg(quality):
    def way(picture):
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality)
        return Image.open(file).convert("RGB")
    return way


WAYS = {
    "as they are": lambda picture: picture,
    "64->60->64 bicubic": there_and_back(60, Image.BICUBIC),
    "64->128->64 bilinear": there_and_back(128, Image.BILINEAR),
    "64->48->64 Lanczos": there_and_back(48, Image.LANCZOS),
    "JPEG quality 50": jpeg(50),
    "slight blur (Gauss 0.6)": lambda picture: picture.filter(ImageFilter.GaussianBlur(0.6)),
    "shown at 72 px bicubic": lambda picture: picture.resize((72, 72), Image.BICUBIC),
}


def accuracy(pictor, model, folder):
    answer = subprocess.run([*pictor, "evaluate", "--model", model, "--data", folder, "--split", "all", "--json", "-q"], stdout=subprocess.PIPE, text=True)
    if answer.returncode not in (0, 3):
        sys.exit(f"evaluate ended with {answer.returncode}")
    return json.loads(answer.stdout)["accuracy"] * 100


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--model", required=True)
    options.add_argument("--data", required=True)
    options.add_argument("--json")
    options.add_argument("--pictor", default=os.path.join(ROOT, "pictor"))
    given = options.parse_args()
    files = sorted(f for f in glob.glob(os.path.join(given.data, "*", "*")) if os.path.isfile(f))
    if not files:
        sys.exit(f"{given.data}: no folders with pictures")
    rows = {}
    for name, way in WAYS.items():
        with tempfile.TemporaryDirectory() as work:
            for file in files:
                place = os.path.join(work, os.path.basename(os.path.dirname(file)))
                os.makedirs(place, exist_ok=True)
                way(Image.open(file).convert("RGB")).save(os.path.join(place, os.path.splitext(os.path.basename(file))[0] + ".png"), compress_level=1)
            rows[name] = accuracy(given.pictor.split(), given.model, work)
        print(f"{name:26} {rows[name]:6.2f} %", flush=True)
    clean, others = rows["as they are"], [v for k, v in rows.items() if k != "as they are"]
    summary = {"pictures": len(files), "ways": rows, "mean": sum(others) / len(others), "worst": min(others)}
    print(f"{'mean of the six':26} {summary['mean']:6.2f} %  ({summary['mean'] - clean:+.2f})\n{'worst':26} {summary['worst']:6.2f} %  ({summary['worst'] - clean:+.2f})")
    if given.json:
        with open(given.json, "w") as out:
            json.dump(summary, out, indent=2)


if __name__ == "__main__":
    main()
