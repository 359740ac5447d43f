"""Who is seen, by whom, when and where."""

from .booking_changes import BookingChange
from .bookings import Booking, BookingMail, Hold
from .calendars import BusyTime, CalendarFeed, FeedMemory, OpenTime
from .claims import Claim, ClaimedCell, Resource
from .collisions import Collision
from .hours import HoursException, TimeOff, WorkingHours
from .licence_warnings import LicenceWarning
from .openings import MonthOfOpenings, MonthTotal, Opening, OpenStarts
from .outgoing_feeds import OutgoingFeed
from .pages import TherapistsPage
from .policies import Policy
from .series import Series
from .services import Service
from .settings import SchedulingSettings
from .starting import StartingStep
from .therapists import Licence, Therapist
from .traits import Approach, ClientGroup, Identity, Insurer, Language, Topic
from .travel import TravelTime

__all__ = [
    "Approach",
    "Booking",
    "BookingChange",
    "BookingMail",
    "BusyTime",
    "CalendarFeed",
    "Claim",
    "ClaimedCell",
    "ClientGroup",
    "Collision",
    "FeedMemory",
    "Hold",
    "HoursException",
    "Identity",
    "Insurer",
    "Language",
    "Licence",
    "LicenceWarning",
    "MonthOfOpenings",
    "MonthTotal",
    "OpenStarts",
    "OpenTime",
    "Opening",
    "OutgoingFeed",
    "Policy",
    "Resource",
    "SchedulingSettings",
    "Series",
    "Service",
    "StartingStep",
    "Therapist",
    "TherapistsPage",
    "TimeOff",
    "Topic",
    "TravelTime",
    "WorkingHours",
]
