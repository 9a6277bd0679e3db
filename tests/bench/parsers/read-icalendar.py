"""Reads a calendar with Python's icalendar and prints what it understood."""
import json
import sys

import icalendar


def events(path):
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        yield {
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "location": str(event.get("LOCATION", "")),
            "description": str(event.get("DESCRIPTION", "")),
            "url": str(event["URL"]),
            "startsAt": int(event["DTSTART"].dt.timestamp() * 1000),
            "endsAt": int(event["DTEND"].dt.timestamp() * 1000),
        }


json.dump(list(events(sys.argv[1])), sys.stdout)
