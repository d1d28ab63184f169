// Writes the welcome mail as an .eml file (RFC 5322), as a mail server would pick it up. The file's
// name and Message-ID follow from the user, and it appears whole or not at all: no one is welcomed
// twice because a function was called twice.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import path from "node:path";

export async function handler({ id, email, name, signedUpAt }) {
  const folder = path.join(process.env.OUTPUT_FOLDER, "mails");
  const file = path.join(folder, `${id}.eml`);
  const draft = path.join(folder, `.draft-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  await writeFile(draft, mail({ id, email, name, signedUpAt }));
  await rename(draft, file);
  return { file: `mails/${id}.eml`, messageId: messageId(id) };
}

function mail({ id, email, name, signedUpAt }) {
  const text = `Dear ${name},

welcome to the gallery. The next picture that we hang is hung for you, too.

Yours,
the gallery
`;
  return [
    `Date: ${date(signedUpAt)}`,
    `From: The Gallery <hello@gallery.example>`,
    `To: ${encodedWord(name)} <${email}>`,
    `Subject: Welcome to the gallery`,
    `Message-ID: ${messageId(id)}`,
    `MIME-Version: 1.0`,
    `Content-Type: text/plain; charset=utf-8`,
    `Content-Transfer-Encoding: base64`,
    ``,
    ...Buffer.from(text.replaceAll("\n", "\r\n")).toString("base64").match(/.{1,76}/g),
    ``,
  ].join("\r\n");
}

function messageId(id) {
  return `<welcome-${id}@gallery.example>`;
}

// Sun, 17 May 2026 18:41:00 +0000
function date(iso) {
  return new Date(iso).toUTCString().replace("GMT", "+0000");
}

// RFC 2047, in words of at most 75 characters that each end between two letters.
function encodedWord(text) {
  const words = [""];
  for (const letter of text) {
    if (Buffer.byteLength(words.at(-1) + letter) > 45) {
      words.push("");
    }
    words[words.length - 1] += letter;
  }
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString("base64")}?=`).join("\r\n ");
}
