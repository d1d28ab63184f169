"""Registers a picture's watermark with a registry that is asleep.

This function is flaky ON PURPOSE: for each execution its first two attempts fail and its third
works, like a remote service that takes a while to wake up. It shows a retry that you can count on.
The attempts are counted in a small file for each execution, so the count outlives the process.
"""
import os
from pathlib import Path

REGISTRY = Path(os.environ["OUTPUT_FOLDER"]) / "registry"
ATTEMPTS_ASLEEP = 2


class RegistryAsleep(Exception):
    """The registry isn't awake yet; ask again."""


def handler(event, context):
    attempt = count(event["execution"])
    if attempt <= ATTEMPTS_ASLEEP:
        raise RegistryAsleep(f"attempt {attempt}: the registry is asleep")
    return {"watermark": f"TG-{event['sha256'][:12].upper()}", "attempts": attempt}


def count(execution):
    """One byte is appended for each attempt: the file's length is their number."""
    REGISTRY.mkdir(parents=True, exist_ok=True)
    with open(REGISTRY / f"{execution}.attempts", "ab") as attempts:
        attempts.write(b".")
        attempts.flush()
        return attempts.tell()
