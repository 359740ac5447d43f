"""Files of many producers, each with the time that it takes."""

import subprocess
import sys
import time

import pytest

from scheduling.ical import CalendarError, read_calendar

from .corpus import OWN, PROJECT, SHARED, Case, cases, instant, written

ALL = [*cases(SHARED), *cases(OWN)]


def read(case: Case):
    start, end = case.window
    return read_calendar(case.data, start=start, end=end, zone=case.zone, **options(case))


def options(case: Case) -> dict:
    return case.entry.get("options", {})


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED.name}/ beside the project")
def test_the_files_beside_the_project_are_all_there():
    assert len(cases(SHARED)) >= 62


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_a_file_takes_the_time_expected(case: Case):
    began = time.process_time()
    if case.entry["outcome"] == "reject":
        with pytest.raises(CalendarError) as refused:
            read(case)
        assert refused.value.code in {"not_a_calendar", "truncated", "too_large"}
    else:
        reading = read(case)
        if case.entry["check"] == "robust":
            assert covers(reading.intervals, case.entry["must_cover"])
        else:
            assert written(reading.intervals) in case.accepted
    assert time.process_time() - began < case.entry.get("time_limit_s", 5)


@pytest.mark.parametrize("case", cases(OWN), ids=lambda case: case.id)
def test_our_own_files_warn_of_just_what_is_expected(case: Case):
    if case.entry["outcome"] == "reject":
        with pytest.raises(CalendarError) as refused:
            read(case)
        assert [refused.value.code] == case.entry["expected_warnings"]
    else:
        codes = {warning.code for warning in read(case).warnings}
        assert codes == set(case.entry["expected_warnings"])


def covers(intervals, wanted) -> bool:
    return all(
        any(start <= instant(first) and instant(last) <= end for start, end in intervals)
        for first, last in wanted
    )


def test_reading_needs_no_django():
    code = (
        "import sys, scheduling.ical; "
        "sys.exit(any(name.split('.')[0] in {'django', 'wagtail'} for name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False)
    assert ran.returncode == 0
