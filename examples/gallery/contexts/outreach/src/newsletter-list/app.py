"""Keeps the newsletter's list of readers. Called by a rule with the whole event.

Several processes may run this function at once, so the list is changed under a lock; and whoever
is on it already is left alone, so the same event may come twice.
"""
import fcntl
import json
import os
from pathlib import Path

FOLDER = Path(os.environ["OUTPUT_FOLDER"])


def handler(event, context):
    user = event["detail"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / ".newsletter.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        readers = load()
        readers.setdefault(user["email"], {"name": user["name"], "since": event["time"]})
        save(readers)
    return {"readers": len(readers)}


def load():
    try:
        return json.loads((FOLDER / "newsletter.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def save(readers):
    draft = FOLDER / ".newsletter.draft"
    with open(draft, "w", encoding="utf-8") as out:
        json.dump(readers, out, ensure_ascii=False, indent=2)
        out.flush()
        os.fsync(out.fileno())
    os.replace(draft, FOLDER / "newsletter.json")
