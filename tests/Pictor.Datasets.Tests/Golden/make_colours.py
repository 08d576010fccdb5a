#!/usr/bin/env python3
"""Makes colours.json beside it. Needs Python 3 and Pillow (made with 9.4.0); run it in this folder: python3 make_colours.py

Noise of 3 x 9 x 13 (planes), and what Pillow's ImageEnhance and ImageOps, and for the hue Python's colorsys, make of it.
"""
import base64, colorsys, json
from PIL import Image, ImageEnhance, ImageOps

WIDTH, HEIGHT = 13, 9


def noise(count, seed):
    """Top byte of a 32-bit linear congruential generator (Numerical Recipes), one step a sample; half of the range, so that autocontrast has work to do."""
    data, state = bytearray(count), seed
    for i in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        data[i] = 40 + (state >> 25)
    return bytes(data)


def planes(picture):
    return base64.b64encode(b"".join(channel.tobytes() for channel in picture.split())).decode()


def turned(picture, share):
    def pixel(rgb):
        h, s, v = colorsys.rgb_to_hsv(*(c / 255 for c in rgb))
        return tuple(int(c * 255 + 0.5) for c in colorsys.hsv_to_rgb((h + share) % 1, s, v))
    result = picture.copy()
    result.putdata([pixel(rgb) for rgb in picture.getdata()])
    return result


area = WIDTH * HEIGHT
picture = Image.merge("RGB", [Image.frombytes("L", (WIDTH, HEIGHT), noise(area, seed)) for seed in (1, 2, 3)])
cases = []
for factor in (0.0, 0.4, 1.0, 1.7):
    cases.append({"operation": "saturation", "amount": factor, "planes": planes(ImageEnhance.Color(picture).enhance(factor))})
    cases.append({"operation": "sharpness", "amount": factor, "planes": planes(ImageEnhance.Sharpness(picture).enhance(factor))})
for share in (-0.5, -0.2, 0.03, 0.25, 0.45):
    cases.append({"operation": "hue", "amount": share, "planes": planes(turned(picture, share))})
for bits in (2, 5, 8):
    cases.append({"operation": "posterize", "amount": bits, "planes": planes(ImageOps.posterize(picture, bits))})
for threshold in (0, 100, 256):
    cases.append({"operation": "solarize", "amount": threshold, "planes": planes(ImageOps.solarize(picture, threshold))})
cases.append({"operation": "autocontrast", "amount": 0, "planes": planes(ImageOps.autocontrast(picture))})
cases.append({"operation": "equalize", "amount": 0, "planes": planes(ImageOps.equalize(picture))})
with open("colours.json", "w", encoding="utf-8") as file:
    json.dump({"width": WIDTH, "height": HEIGHT, "planes": planes(picture), "cases": cases}, file, indent=1)
    file.write("\n")
