// Reads an uploaded picture and says what it is: its format by its first bytes (never by its
// name), its dimensions, its size and its hash. What isn't a picture is no error here: the format
// is then "unknown", and the state machine decides what that means.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

class NoSuchPicture extends Error {
  name = "NoSuchPicture";
}

export async function handler({ key }) {
  const bytes = await read(key);
  const { format, width = 0, height = 0 } = recognise(bytes);
  return {
    key,
    format,
    width,
    height,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

async function read(key) {
  const folder = path.resolve(process.env.PICTURES_FOLDER);
  const file = path.resolve(folder, key);
  if (!file.startsWith(folder + path.sep)) {
    throw new NoSuchPicture(`${key} lies outside the bucket`);
  }
  try {
    return await readFile(file);
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "EISDIR") {
      throw new NoSuchPicture(`there is no ${key}`);
    }
    throw error;
  }
}

function recognise(bytes) {
  if (bytes.subarray(0, 8).equals(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"))) {
    return png(bytes);
  }
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) {
    return jpeg(bytes);
  }
  if (/^GIF8[79]a/.test(bytes.toString("latin1", 0, 6))) {
    return { format: "gif", width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  return { format: "unknown" };
}

// The first chunk, IHDR, starts with the dimensions.
function png(bytes) {
  if (bytes.length < 24 || bytes.toString("latin1", 12, 16) !== "IHDR") {
    return { format: "unknown" };
  }
  return { format: "png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

// The dimensions are in the "start of frame" segment, SOF0 to SOF15 but DHT, JPG and DAC.
function jpeg(bytes) {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { format: "jpeg", height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return { format: "unknown" };
}
