#!/usr/bin/env python3
"""Makes the golden files beside it. Needs Python 3 and Pillow (made with 9.4.0); run it in this folder: python3 make_goldens.py

resize.json     what Pillow's Image.resize makes of generated noise, as SHA-256 of the raw samples
files/          small pictures in kinds that Pictor does not write itself
files/*.png     what Pillow decodes them to (upright, alpha on white), beside each as NAME.EXT.png
"""
import hashlib, json, os
from PIL import Image, ImageOps
import PIL


def noise(width, height, channels, seed):
    """Top byte of a 32-bit linear congruential generator (Numerical Recipes), one step a sample."""
    data, state = bytearray(width * height * channels), seed
    for i in range(len(data)):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        data[i] = state >> 24
    return bytes(data)


def picture(width=48, height=36):
    image = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            image.putpixel((x, y), (255 * x // width, 255 * y // height, 255 if (x - 12) ** 2 + (y - 9) ** 2 < 50 else 40))
    return image


def resize_cases():
    filters = {"Bilinear": Image.BILINEAR, "Bicubic": Image.BICUBIC}
    sizes = [(40, 30, 17, 11), (33, 47, 64, 64), (100, 75, 100, 20), (75, 100, 20, 100), (1, 1, 5, 3), (7, 5, 1, 1), (300, 200, 28, 28), (64, 64, 63, 65), (257, 3, 31, 9)]
    for width, height, to_width, to_height in sizes:
        for channels in (1, 3):
            for name, kind in filters.items():
                seed = width * 1000 + height
                image = Image.frombytes("L" if channels == 1 else "RGB", (width, height), noise(width, height, channels, seed))
                raw = image.resize((to_width, to_height), kind).tobytes()
                yield dict(width=width, height=height, channels=channels, seed=seed, toWidth=to_width, toHeight=to_height, filter=name,
                           sha256=hashlib.sha256(raw).hexdigest(), first=list(raw[:12]))


def orientation(value):
    exif = Image.Exif()
    exif[0x0112] = value
    return exif.tobytes()


def save_files():
    os.makedirs("files", exist_ok=True)
    for old in os.listdir("files"):
        os.remove(os.path.join("files", old))
    rgb = picture()
    grey = rgb.convert("L")
    alpha = rgb.copy()
    alpha.putalpha(grey)
    deep = Image.new("I", rgb.size)
    deep.putdata([v * 257 for v in grey.getdata()])
    palette = rgb.quantize(16)
    save = lambda image, name, **how: image.save(os.path.join("files", name), **how)
    save(rgb, "progressive.jpg", quality=95, progressive=True, subsampling=0)
    save(rgb, "baseline-420.jpg", quality=95, subsampling=2)
    save(grey, "grey.jpg", quality=95)
    save(rgb.convert("CMYK"), "cmyk.jpg", quality=95)
    save(palette, "palette.png")
    save(palette, "palette-transparent.png", transparency=3)
    save(deep.convert("I;16"), "grey16.png")
    save(alpha, "alpha.png")
    save(alpha.convert("LA"), "grey-alpha.png")
    save(grey.convert("1"), "bilevel.png")
    save(rgb, "plain.bmp")
    save(palette, "palette.bmp")
    save(grey, "grey.bmp")
    save(palette, "animated.gif", save_all=True, append_images=[palette.transpose(Image.FLIP_LEFT_RIGHT)], duration=50)
    save(palette, "transparent.gif", transparency=2)
    save(rgb, "lossless.webp", lossless=True)
    save(rgb, "lossy.webp", quality=90)
    save(alpha, "alpha.webp", lossless=True, exact=True)
    save(rgb, "animated.webp", lossless=True, save_all=True, append_images=[rgb.transpose(Image.FLIP_LEFT_RIGHT)], duration=50)
    for name, how in {"raw": None, "lzw": "tiff_lzw", "deflate": "tiff_adobe_deflate", "packbits": "packbits"}.items():
        save(rgb, f"rgb-{name}.tif", compression=how)
        save(grey, f"grey-{name}.tif", compression=how)
        save(palette, f"palette-{name}.tif", compression=how)
    save(rgb, "rgb-jpeg.tif", compression="jpeg", quality=95)
    save(alpha, "alpha-lzw.tif", compression="tiff_lzw")
    save(grey.convert("1"), "bilevel-group4.tif", compression="group4")
    save(deep.convert("I;16"), "grey16.tif")
    save(rgb.convert("CMYK"), "cmyk.tif")
    save(rgb, "two-pages.tif", save_all=True, append_images=[grey.convert("RGB")])
    for value in range(2, 9):
        save(rgb, f"orientation-{value}.webp", lossless=True, exif=orientation(value))
        save(rgb, f"orientation-{value}.png", exif=orientation(value))
        save(rgb, f"orientation-{value}.tif", tiffinfo={274: value})


def upright(name):
    image = Image.open(name)
    turned = image.size
    image.load()
    if not name.endswith(".tif"):
        image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        low = Image.new("L", image.size)
        low.putdata([int(v) >> 8 for v in image.getdata()])
        return low
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        white.alpha_composite(image.convert("RGBA"))
        return white.convert("L" if image.mode == "LA" else "RGB")
    return image.convert("L" if image.mode in ("1", "L") and not name.endswith(".bmp") else "RGB")


if __name__ == "__main__":
    with open("resize.json", "w") as out:
        json.dump({"pillow": PIL.__version__, "cases": list(resize_cases())}, out, indent=1)
        out.write("\n")
    save_files()
    for name in sorted(os.listdir("files")):
        upright(os.path.join("files", name)).save(os.path.join("files", name + ".png"))
