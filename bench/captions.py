"""What a word in a caption is worth: how often a photo whose caption names a kind of thing does show it.

python3 bench/captions.py FOLDER     FOLDER holds COCO's annotations/instances.json and captions.json

Each caption is taken by itself, as a library mostly has one. A name of several words counts where all of them stand; the plural counts too.
TextSearch gives a hit in a caption this share (its InText), beside the probabilities of tags and concepts.
"""
import collections
import json
import pathlib
import re
import sys


def words(text):
    return {word.rstrip("s") for word in re.findall("[a-z]+", text.lower())}


def main(folder):
    instances = json.loads((folder / "annotations" / "instances.json").read_text())
    captions = json.loads((folder / "annotations" / "captions.json").read_text())
    names = {category["id"]: category["name"] for category in instances["categories"]}
    shown = collections.defaultdict(set)
    for box in instances["annotations"]:
        shown[box["image_id"]].add(names[box["category_id"]])
    right = wrong = missed = 0
    for caption in captions["annotations"]:
        said = words(caption["caption"])
        for name in names.values():
            named, is_there = words(name) <= said, name in shown[caption["image_id"]]
            right, wrong, missed = right + (named and is_there), wrong + (named and not is_there), missed + (is_there and not named)
    total = right + wrong
    low, high = wilson(right, total)
    print(f"{len(captions['annotations'])} captions of {len(shown)} photos, {len(names)} kinds of things")
    print(f"a caption that names a kind is right in {right / total:.3f} ({low:.3f} to {high:.3f}) of {total} cases; it names {right / (right + missed):.3f} of what is there")


def wilson(right, total, z=1.96):
    share = right / total
    middle, half = share + z * z / (2 * total), z * (share * (1 - share) / total + z * z / (4 * total * total)) ** 0.5
    return (middle - half) / (1 + z * z / total), (middle + half) / (1 + z * z / total)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
