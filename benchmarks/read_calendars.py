"""What reading a large calendar costs, against the libraries on the same bytes in the same run.

    python -m benchmarks.read_calendars [EVENTS …]

CPU seconds of this process, and peak memory of a process of its own for each side.
"""

import datetime as dt
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events

from scheduling.ical import read_calendar

from .calendars import odd_feed, plain_feed

ZONE = "America/Chicago"
TODAY = dt.date(2026, 6, 1)
START = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
WINDOW = dt.timedelta(days=90)
DAY = dt.timedelta(days=1)


def by_the_libraries(data: bytes) -> int:
    """Read as one would with icalendar and recurring-ical-events; return how many events."""
    calendar = icalendar.Calendar.from_ical(data)
    return len(recurring_ical_events.of(calendar).between(START, START + WINDOW))


def by_us(data: bytes, state: bytes | None = None, start: dt.datetime = START) -> bytes:
    """Read with the reader; return what it wants to remember."""
    return read_calendar(data, start=start, end=start + WINDOW, zone=ZONE, state=state).state


def seconds(work: Callable[[], Any], times: int = 1) -> float:
    """Return the least CPU time that `work` took."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def peak(work: str, data: bytes) -> float:
    """Return the megabytes that `work` needs at most, in a process of its own, with its body."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.read_calendars", f"--{work}", file.name]
        return float(subprocess.run(command, check=True, capture_output=True).stdout)


def print_peak(work: Callable[[bytes], Any], path: str) -> None:
    """Read a file and print the most memory that this process has had (Linux)."""
    work(Path(path).read_bytes())
    status = Path("/proc/self/status").read_text()
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)


def with_one_event_changed(data: bytes) -> bytes:
    """Return the body with one session moved by a quarter of an hour."""
    at = data.index(b"RRULE:FREQ=WEEKLY\r\n")
    at = data.rindex(b"DTSTART", 0, at) + len(b"DTSTART;TZID=America/Chicago:20260101T09")
    return data[:at] + b"59" + data[at + 2 :]


def compare(name: str, make: Callable[..., bytes], events: int) -> None:
    """Print what each kind of reading costs."""
    data = make(events, TODAY)
    renewed = make(events, TODAY, stamp="B")
    changed = with_one_event_changed(renewed) if b"FREQ=WEEKLY\r\n" in data else renewed
    state = by_us(data, b"")
    theirs = seconds(lambda: by_the_libraries(data))
    print(f"\n{name}: {events:,} events, {len(data) / 1e6:.1f} MB; libraries {theirs:.2f} s")
    rows = [
        ("first reading", lambda: by_us(data)),
        ("first reading, remembered", lambda: by_us(data, b"")),
        ("every DTSTAMP changed", lambda: by_us(renewed, state)),
        ("DTSTAMPs and one event changed", lambda: by_us(changed, state)),
        ("identical bytes", lambda: by_us(data, state)),
        ("window a day on, same bytes", lambda: by_us(data, state, START + DAY)),
        ("window a day on, DTSTAMPs changed", lambda: by_us(renewed, state, START + DAY)),
    ]
    for label, work in rows:
        ours = seconds(work, times=3)
        print(f"  {label:36} {ours:8.3f} s   1/{theirs / ours:,.0f}")
    mine, yours = peak("ours", data), peak("theirs", data)
    print(f"  {'peak memory':36} {mine:6.0f} MB   {mine / yours:.2f} of {yours:.0f} MB")
    print(f"  {'remembered':36} {len(state) / 1e6:6.2f} MB")


def main() -> None:
    """Compare at the sizes asked for, 2,000 and 20,000 events by default."""
    if sys.argv[1:2] == ["--ours"]:
        print_peak(lambda data: by_us(data, b""), sys.argv[2])
    elif sys.argv[1:2] == ["--theirs"]:
        print_peak(by_the_libraries, sys.argv[2])
    else:
        for events in [int(text) for text in sys.argv[1:]] or [2_000, 20_000]:
            compare("weekly and daily series", plain_feed, events)
            compare("counted, monthly and odd series", odd_feed, events)


if __name__ == "__main__":
    main()
