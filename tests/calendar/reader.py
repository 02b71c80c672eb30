"""Tells in JSON what a calendar file says: a line for each file, as read by the icalendar of the Python package index.

Times are read twice: by the name of the zone, from the reader's own time zone data, and by the rules in the file alone.
A calendar that has taken each file so far holds the events at the times in "kept".
"""

import json
import sys
from datetime import timezone

import icalendar


def utc(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def event(text):
    calendar = icalendar.Calendar.from_ical(text)
    (found,) = calendar.walk("VEVENT")
    return calendar, found


def people(found, key):
    values = found.get(key, [])
    values = values if isinstance(values, list) else [values]
    return [{"uri": str(one), "name": str(one.params.get("CN", "")), "standing": str(one.params.get("PARTSTAT", ""))} for one in values]


class Kept:
    """A calendar that takes each file as RFC 5546 says: the newest of one UID stands, and a cancelled one is taken out."""

    def __init__(self):
        self.newest = {}

    def take(self, calendar, found):
        uid, order = str(found["UID"]), (int(found["SEQUENCE"]), found["DTSTAMP"].dt)
        if uid not in self.newest or order > self.newest[uid][0]:
            self.newest[uid] = (order, None if str(calendar["METHOD"]) == "CANCEL" else found)

    def times(self):
        whole = icalendar.Calendar()
        for _, found in self.newest.values():
            if found is not None:
                whole.add_component(found)
        return [utc(found["DTSTART"].dt) for found in icalendar.Calendar.from_ical(whole.to_ical()).walk("VEVENT")]


def main():
    kept = Kept()
    for number, path in enumerate(sys.argv[1:]):
        with open(path, newline="", encoding="utf-8") as file:
            text = file.read()
        calendar, found = event(text)
        kept.take(calendar, found)
        zone = found["DTSTART"].params.get("TZID")
        # A name that nobody knows, and that is new to the reader, which keeps rules by their names: all that is left are these rules.
        unnamed = event(text.replace(zone, f"Nowhere/{number}"))[1] if zone else found
        print(json.dumps({
            "method": str(calendar["METHOD"]),
            "uid": str(found["UID"]),
            "sequence": int(found["SEQUENCE"]),
            "status": str(found["STATUS"]),
            "stamp": utc(found["DTSTAMP"].dt),
            "zone": zone,
            "from": utc(found["DTSTART"].dt),
            "to": utc(found["DTEND"].dt),
            "from by rules": utc(unnamed["DTSTART"].dt),
            "to by rules": utc(unnamed["DTEND"].dt),
            "clock": found["DTSTART"].dt.strftime("%Y-%m-%d %H:%M"),
            "kept": kept.times(),
            "summary": str(found["SUMMARY"]),
            "description": str(found.get("DESCRIPTION", "")),
            "location": str(found.get("LOCATION", "")),
            "url": str(found.get("URL", "")),
            "organiser": people(found, "ORGANIZER"),
            "attendees": people(found, "ATTENDEE"),
            "longest line": max(len(line.encode()) for line in text.split("\r\n")),
            "odd line ends": text.replace("\r\n", "").count("\n") + text.replace("\r\n", "").count("\r"),
            "errors": [str(error) for component in calendar.walk() for error in component.errors],
        }))


main()
