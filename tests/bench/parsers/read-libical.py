"""Reads a calendar with libical (Evolution, KOrganizer, Cyrus), asks it for errors and broken rules, and prints what it understood."""
import ctypes
import json
import sys

libical = ctypes.CDLL("libical.so.3")
pointer = ctypes.c_void_p


class Time(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int) for name in "year month day hour minute second is_date is_daylight".split()),
        ("zone", pointer),
    ]


def function(name, result, *arguments):
    found = getattr(libical, name)
    found.restype, found.argtypes = result, arguments
    return found


parse = function("icalparser_parse_string", pointer, ctypes.c_char_p)
count_errors = function("icalcomponent_count_errors", ctypes.c_int, pointer)
keeps_rules = function("icalrestriction_check", ctypes.c_int, pointer)
kind_of = function("icalcomponent_string_to_kind", ctypes.c_int, ctypes.c_char_p)
first = function("icalcomponent_get_first_component", pointer, pointer, ctypes.c_int)
following = function("icalcomponent_get_next_component", pointer, pointer, ctypes.c_int)
sequence = function("icalcomponent_get_sequence", ctypes.c_int, pointer)
status = function("icalcomponent_get_status", ctypes.c_int, pointer)
status_name = function("icalproperty_status_to_string", ctypes.c_char_p, ctypes.c_int)
start = function("icalcomponent_get_dtstart", Time, pointer)
end = function("icalcomponent_get_dtend", Time, pointer)
seconds = function("icaltime_as_timet_with_zone", ctypes.c_long, Time, pointer)
texts = {
    name: function(f"icalcomponent_get_{name}", ctypes.c_char_p, pointer)
    for name in ("uid", "summary", "location", "description")
}
first_property = function("icalcomponent_get_first_property", pointer, pointer, ctypes.c_int)
kind_of_property = function("icalproperty_string_to_kind", ctypes.c_int, ctypes.c_char_p)
url = function("icalproperty_get_url", ctypes.c_char_p, pointer)


def instant(time):
    return seconds(time, time.zone) * 1000


def events(path):
    with open(path, "rb") as file:
        calendar = parse(file.read())
    assert calendar, "not a calendar"
    assert count_errors(calendar) == 0, "libical counts errors"
    assert keeps_rules(calendar) == 1, "libical says a rule is broken"
    kind = kind_of(b"VEVENT")
    event = first(calendar, kind)
    while event:
        yield {
            **{name: (text(event) or b"").decode() for name, text in texts.items()},
            "url": url(first_property(event, kind_of_property(b"URL"))).decode(),
            "sequence": sequence(event),
            "status": status_name(status(event)).decode(),
            "startsAt": instant(start(event)),
            "endsAt": instant(end(event)),
        }
        event = following(calendar, kind)


json.dump(list(events(sys.argv[1])), sys.stdout)
