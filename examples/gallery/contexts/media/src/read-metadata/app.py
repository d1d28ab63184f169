"""Reads what a picture says about itself: the EXIF of a JPEG, the text chunks of a PNG.

Every field is always there, and null where the picture is silent, so that a state machine can
refer to it.
"""
import os
import struct
from pathlib import Path

PICTURES = Path(os.environ["PICTURES_FOLDER"])


def handler(event, context):
    data = (PICTURES / event["key"]).read_bytes()
    metadata = {
        "title": None,
        "camera": None,
        "taken": None,
        "orientation": 1,
        "position": None,
        "text": {},
    }
    return metadata | (of_png(data) if event["format"] == "png" else of_jpeg(data))


# PNG (ISO/IEC 15948): a signature of eight bytes, then chunks of length, type, data, checksum.


def of_png(data):
    text = {}
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"tEXt":
            keyword, _, value = data[at + 8 : at + 8 + length].partition(b"\0")
            text[keyword.decode("latin-1")] = value.decode("latin-1")
        at += 12 + length
    return {"title": text.get("Title"), "taken": text.get("Creation Time"), "text": text}


# JPEG: segments of marker and length; EXIF (JEITA CP-3451) is a TIFF file in the APP1 segment.

MAKE, MODEL, ORIENTATION, DESCRIPTION = 0x010F, 0x0110, 0x0112, 0x010E
EXIF_DIRECTORY, GPS_DIRECTORY, TAKEN = 0x8769, 0x8825, 0x9003
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4


def of_jpeg(data):
    tiff = exif_segment(data)
    if tiff is None:
        return {}
    order = "<" if tiff[:2] == b"II" else ">"
    main = directory(tiff, order, struct.unpack_from(order + "I", tiff, 4)[0])
    exif = directory(tiff, order, main[EXIF_DIRECTORY]) if EXIF_DIRECTORY in main else {}
    gps = directory(tiff, order, main[GPS_DIRECTORY]) if GPS_DIRECTORY in main else {}
    return {
        "title": main.get(DESCRIPTION),
        "camera": " ".join(filter(None, (main.get(MAKE), main.get(MODEL)))) or None,
        "taken": iso(exif.get(TAKEN)),
        "orientation": main.get(ORIENTATION, 1),
        "position": position(gps),
    }


def exif_segment(data):
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at + 4 : at + 2 + length]
        if data[at + 1] == 0xE1 and segment.startswith(b"Exif\0\0"):
            return segment[6:]
        at += 2 + length
    return None


def directory(tiff, order, offset):
    """The tags that we know how to read: text (2), numbers (3, 4), fractions (5)."""
    tags = {}
    (count,) = struct.unpack_from(order + "H", tiff, offset)
    for entry in range(offset + 2, offset + 2 + 12 * count, 12):
        tag, kind, length = struct.unpack_from(order + "HHI", tiff, entry)
        if kind == 2:
            at = entry + 8 if length <= 4 else struct.unpack_from(order + "I", tiff, entry + 8)[0]
            tags[tag] = tiff[at : at + length].rstrip(b"\0 ").decode("latin-1")
        elif kind in (3, 4) and length == 1:
            (tags[tag],) = struct.unpack_from(order + ("H" if kind == 3 else "I"), tiff, entry + 8)
        elif kind == 5:
            (at,) = struct.unpack_from(order + "I", tiff, entry + 8)
            parts = struct.unpack_from(f"{order}{2 * length}I", tiff, at)
            tags[tag] = [a / b if b else 0.0 for a, b in zip(parts[::2], parts[1::2])]
    return tags


def iso(taken):
    """EXIF writes 2026:05:17 20:41:00."""
    if taken is None:
        return None
    date, _, time = taken.partition(" ")
    return f"{date.replace(':', '-')}T{time}"


def position(gps):
    if LATITUDE not in gps or LONGITUDE not in gps:
        return None
    return {
        "latitude": degrees(gps[LATITUDE], gps.get(LATITUDE_REF) == "S"),
        "longitude": degrees(gps[LONGITUDE], gps.get(LONGITUDE_REF) == "W"),
    }


def degrees(parts, negative):
    value = sum(part / 60**power for power, part in enumerate(parts))
    return round(-value if negative else value, 5)
