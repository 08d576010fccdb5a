#!/usr/bin/env python3
"""Makes src/Pictor.Models/Words/traditional.txt from Unicode's Unihan database.

    eng/unihan.py FOLDER > src/Pictor.Models/Words/traditional.txt

FOLDER holds Unihan_Variants.txt and Unihan_OtherMappings.txt, plain or as .bz2 (Debian's package unicode-data has them under /usr/share/unicode).
Of several simplified forms that of GB 2312 is taken. Both sides of a comparison are folded, so a character that is at once simplified and traditional (乾, 著) may be folded too.
"""
import bz2
import os
import sys


def lines(folder, name):
    path = os.path.join(folder, name)
    opened = open(path, encoding="utf-8") if os.path.exists(path) else bz2.open(path + ".bz2", "rt", encoding="utf-8")
    with opened as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3:
                yield int(fields[0][2:], 16), fields[1], fields[2]


folder = sys.argv[1]
simplified, back = {}, {}
for code, field, value in lines(folder, "Unihan_Variants.txt"):
    if field in ("kSimplifiedVariant", "kTraditionalVariant"):
        others = [int(v.split("<")[0][2:], 16) for v in value.split()]
        if field == "kSimplifiedVariant":
            simplified[code] = others
        else:
            for other in others:
                back.setdefault(other, []).append(code)
common = {code for code, field, _ in lines(folder, "Unihan_OtherMappings.txt") if field == "kGB0"}

table = {}
for code in sorted(set(simplified) | set(back)):
    # What only the other field names (颱 is a traditional form of 台) counts unless the character is itself one of GB 2312.
    forms = [s for s in simplified.get(code, [] if code in common else back.get(code, [])) if s != code]
    if forms and code < 0x10000:
        best = next((s for s in forms if s in common), forms[0])
        if best < 0x10000:
            table[code] = best


def end(code):
    seen = set()
    while code in table and code not in seen:
        seen.add(code)
        code = table[code]
    return code


pairs = [chr(code) + chr(end(code)) for code in table if end(code) != code]
print("# Traditional characters, each followed by its simplified form. Made by eng/unihan.py from Unihan_Variants.txt and Unihan_OtherMappings.txt of Unicode 15.0.0;")
print("# data (c) 2022 Unicode, Inc., see NOTICE. Not to be edited by hand.")
for start in range(0, len(pairs), 50):
    print("".join(pairs[start:start + 50]))
