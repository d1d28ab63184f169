"""Stores a user who signed up: one JSON file each, written whole or not at all.

A user's id follows from the address, and who is stored already stays as stored: to be called twice
for one sign-up changes nothing.
"""
import hashlib
import json
import os
import re
import tempfile
from pathlib import Path

USERS = Path(os.environ["OUTPUT_FOLDER"]) / "users"


class InvalidAddress(Exception):
    """The address can't be one."""


def handler(event, context):
    email = event["email"].strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", email):
        raise InvalidAddress(f"not an address: {email}")
    user = {
        "id": hashlib.sha256(email.encode()).hexdigest()[:12],
        "email": email,
        "name": event["name"].strip(),
        "newsletter": bool(event.get("newsletter", False)),
        "signedUpAt": event["at"],
    }
    file = USERS / f"{user['id']}.json"
    if file.exists():
        return json.loads(file.read_text(encoding="utf-8"))
    write(file, user)
    return user


def write(file, user):
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=".draft-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(user, out, ensure_ascii=False, indent=2)
        out.flush()
        os.fsync(out.fileno())
    os.replace(draft, file)
