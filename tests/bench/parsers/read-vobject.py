"""Reads and validates a calendar with Python's vobject and prints what it understood."""
import json
import sys

import vobject


def text(event, name):
    return getattr(event, name).value if hasattr(event, name) else ""


def events(path):
    with open(path, encoding="utf-8", newline="") as file:
        (calendar,) = vobject.readComponents(file.read())
    calendar.validate(raiseException=True)
    for event in calendar.vevent_list:
        yield {
            "uid": event.uid.value,
            "sequence": int(event.sequence.value),
            "status": event.status.value,
            "summary": event.summary.value,
            "location": text(event, "location"),
            "description": text(event, "description"),
            "url": event.url.value,
            "startsAt": int(event.dtstart.value.timestamp() * 1000),
            "endsAt": int(event.dtend.value.timestamp() * 1000),
        }


json.dump(list(events(sys.argv[1])), sys.stdout)
