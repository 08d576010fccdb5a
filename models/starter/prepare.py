#!/usr/bin/env python3
"""Lays Tiny-ImageNet-200 out for the starter's recipe: DIR/train/<wnid>/, DIR/val/<wnid>/, DIR/labels.tsv with the words that Pictor ships.

    python3 models/starter/prepare.py --train tiny-imagenet-200/train --val VAL --out DIR

--train holds <wnid>/images/*.JPEG as the data set comes (or <wnid>/*.JPEG); --val one folder of pictures per wnid. Training pictures that are
byte-equal to a validation picture are left out, so that the validation figure is honest. Files are linked where the disk allows it, else copied.
"""
import argparse
import hashlib
import os
import shutil

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORDS = os.path.join(ROOT, "src", "Pictor.Models", "Words", "words.txt")


def pictures(folder):
    for wnid in sorted(os.listdir(folder)):
        inner = os.path.join(folder, wnid, "images")
        inner = inner if os.path.isdir(inner) else os.path.join(folder, wnid)
        if os.path.isdir(inner):
            for name in sorted(os.listdir(inner)):
                yield wnid, name, os.path.join(inner, name)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).digest()


def place(path, out, part, wnid, name):
    folder = os.path.join(out, part, wnid)
    os.makedirs(folder, exist_ok=True)
    target = os.path.join(folder, name)
    if os.path.exists(target):
        return
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--train", required=True)
    options.add_argument("--val", required=True)
    options.add_argument("--out", required=True)
    given = options.parse_args()
    judged, counts, dropped, wnids = set(), {"train": 0, "val": 0}, 0, set()
    for wnid, name, path in pictures(given.val):
        judged.add(digest(path))
        place(path, given.out, "val", wnid, name)
        counts["val"] += 1
    for wnid, name, path in pictures(given.train):
        wnids.add(wnid)
        if digest(path) in judged:
            dropped += 1
            continue
        place(path, given.out, "train", wnid, name)
        counts["train"] += 1
    with open(WORDS, encoding="utf-8") as words, open(os.path.join(given.out, "labels.tsv"), "w", encoding="utf-8") as labels:
        for line in words:
            fields = line.rstrip("\n").split(";")
            if fields[0] in wnids:
                # labels.tsv: id, English, Chinese, synonyms, ids of broader words.
                labels.write("\t".join([fields[0], fields[1], fields[2], fields[3].replace("|", ","), fields[4].replace("|", ",")]) + "\n")
    print(f"{counts['train']} training pictures ({dropped} left out, equal to a validation picture), {counts['val']} validation pictures, {len(wnids)} classes")


if __name__ == "__main__":
    main()
