"""Writes the pictures in metadata/ and heif/ with Pillow 9.4 (and libheif 1.15's heif-enc), so that Pictor's readers are held against what others write.

    python3 make_metadata.py            # heif/ only where heif-enc is on the path
"""
import io, shutil, struct, subprocess, zlib
from pathlib import Path
from PIL import Image, PngImagePlugin, TiffImagePlugin
from PIL.TiffImagePlugin import IFDRational as R

HERE = Path(__file__).parent
META, HEIF = HERE / "metadata", HERE / "heif"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmp:Rating="4">
<dc:subject><rdf:Bag><rdf:li>beagle</rdf:li><rdf:li>\u732b</rdf:li></rdf:Bag></dc:subject>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Title %s</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="de-DE">Ein Hund</rdf:li><rdf:li xml:lang="x-default">A dog in %s</rdf:li></rdf:Alt></dc:description>
<lr:hierarchicalSubject><rdf:Bag><rdf:li>animals|dog|beagle</rdf:li></rdf:Bag></lr:hierarchicalSubject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def picture():
    return Image.linear_gradient("L").resize((64, 48)).convert("RGB")


def exif():
    e = Image.Exif()
    e[0x010F], e[0x0110], e[0x0132] = "NIKON CORPORATION", "NIKON D750", "2020:01:01 00:00:00"
    e[0x8769] = {
        0x9003: "2019:08:09 10:11:12", 0x9291: "345", 0x9011: "+02:00", 0x829A: R(1, 250), 0x829D: R(28, 10), 0x8827: 400, 0x920A: R(50, 1),
        0xA433: "Nikon", 0xA434: "AF-S NIKKOR 50mm f/1.8G",
    }
    e[0x8825] = {
        1: "S", 2: (R(33, 1), R(51, 1), R(3024, 100)), 3: "E", 4: (R(151, 1), R(12, 1), R(36, 1)), 5: b"\x00", 6: R(585, 10),
    }
    return e


def iptc(words, charset=b"\x1b%G", encoding="utf-8"):
    def data(record, number, value):
        return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
    body = (data(1, 90, charset) if charset else b"") + data(2, 0, b"\0\4") + b"".join(data(2, 25, w.encode(encoding)) for w in words)
    return body + data(2, 120, words[0].encode(encoding) + b"!")


def jpeg_with(name, *segments):
    plain = io.BytesIO()
    picture().save(plain, "JPEG", exif=exif())
    raw = plain.getvalue()
    out = raw[:2] + b"".join(b"\xff" + bytes([m]) + struct.pack(">H", len(s) + 2) + s for m, s in segments) + raw[2:]
    (META / name).write_bytes(out)


def photoshop(record):
    other = b"8BIM" + struct.pack(">H", 0x03ED) + b"\3abc" + struct.pack(">I", 3) + b"xyz\0"
    return b"Photoshop 3.0\0" + other + b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) & 1)


def packet(kind):
    return (XMP % (kind, kind)).encode("utf-8")


def main():
    META.mkdir(exist_ok=True)
    jpeg_with("xmp.jpg", (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet("JPEG")))
    jpeg_with("both.jpg", (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet("JPEG")), (0xED, photoshop(iptc(["Beagle", "garden"]))))
    jpeg_with("iptc-utf8.jpg", (0xED, photoshop(iptc(["\u957f\u57ce", "wall"]))))
    jpeg_with("iptc-unnamed-utf8.jpg", (0xED, photoshop(iptc(["\u957f\u57ce", "wall"], None))))
    jpeg_with("iptc-latin1.jpg", (0xED, photoshop(iptc(["Gr\u00f6\u00dfe", "caf\u00e9"], None, "latin-1"))))
    jpeg_with("iptc-gb18030.jpg", (0xED, photoshop(iptc(["\u957f\u57ce", "wall"], None, "gb18030"))))
    for name, packed in (("plain.png", False), ("packed.png", True)):
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet("PNG").decode("utf-8"), zip=packed)
        picture().save(META / name, pnginfo=info, exif=exif())
    picture().save(META / "xmp.webp", quality=80, xmp=packet("WebP"), exif=exif())
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[700] = packet("TIFF")
    tags.tagtype[700] = 1
    tags[33723] = iptc(["Beagle", "garden"])
    tags.tagtype[33723] = 7
    picture().save(META / "xmp.tif", tiffinfo=tags, compression="tiff_lzw")

    encoder = shutil.which("heif-enc")
    if encoder:
        HEIF.mkdir(exist_ok=True)
        source = HEIF / "source.jpg"
        xmp = b"http://ns.adobe.com/xap/1.0/\0" + packet("HEIF")
        picture().save(source, "JPEG", quality=95, exif=exif())
        raw = source.read_bytes()
        source.write_bytes(raw[:2] + b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp + raw[2:])
        subprocess.run([encoder, "-q", "80", "-o", str(HEIF / "plain.heic"), str(source)], check=True)
        subprocess.run([encoder, "-q", "80", "-A", "-o", str(HEIF / "plain.avif"), str(source)], check=True)
        source.unlink()
        alpha = HEIF / "alpha.png"
        rgba = picture().convert("RGBA")
        rgba.putalpha(Image.linear_gradient("L").rotate(90).resize((64, 48)))
        rgba.save(alpha)
        subprocess.run([encoder, "-q", "80", "-o", str(HEIF / "alpha.heic"), str(alpha)], check=True)
        alpha.unlink()
        turned = HEIF / "turned.jpg"
        e = Image.Exif()
        e[0x0112] = 6
        picture().save(turned, "JPEG", quality=95, exif=e)
        subprocess.run([encoder, "-q", "80", "-o", str(HEIF / "turned.heic"), str(turned)], check=True)
        turned.unlink()


if __name__ == "__main__":
    main()
