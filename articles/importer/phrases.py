"""What web sites of practices say, as patterns over text in lower case with straight quotes.

Each list is evidence of one kind; `furniture` counts how many of its entries a passage has.
"""

import re

PEOPLE = r"(?:psycho)?(?:therapists?|therapy team|team|clinicians?|counselors?|practice|providers?)"


def listed(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns, compiled one by one: each counts."""
    return tuple(re.compile(pattern) for pattern in patterns)


def any_of(*patterns: str) -> re.Pattern[str]:
    """Return one pattern that matches where any of `patterns` does."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
OURS = re.compile(r"\b(?:we|we're|we've|us|our)\b")
READER = re.compile(r"\b(?:you|your|you're|yours|clients?|patients?)\b")
# The practice says what it does: "we offer", "our therapists are here".
VOICE = re.compile(
    rf"\b(?:we(?: are|'re)?|our (?:[\w-]+ ){{0,3}}{PEOPLE}(?: are| is)?)\s+(?:\w+ ){{0,2}}"
    r"(?:provide|offer|support|serve|welcome|accept|speciali[sz]e|ready|here|happy|proud|"
    r"dedicated|committed|available|help)\b"
)
# How a practice names itself; over the text as it was written.
OWN_NAME = re.compile(
    r"\b(?:At|Here at|From)\s+((?:[A-Z][\w&’'.-]*\s+){1,4}[A-Z][\w&’'.-]*),?\s+(?:we|our)\b"
)

# Where to turn in danger is never left out, whoever says it.
CRISIS = re.compile(r"\b(?:988|911|crisis|suicid\w+|emergenc\w+|life-?line|hot-?line)\b")
BUTTONS = listed(
    r"(?:book|schedule|reserve|request)\b.*\b(?:now|today|online|sessions?|appointments?|"
    r"consultations?|call|visit|here|time|therapists?)$",
    r"(?:find|meet|choose|see|browse)\b.{0,20}\b(?:specialists?|(?:psycho)?therapists?|"
    r"counselors?|clinicians?|providers?|team)(?: (?:now|today|here))?$",
    r"(?:contact|call|email|e-mail|text|message|follow)(?: us| now| today| me)+$",
    r"(?:click|tap|press) here\b",
    r"(?:get started|get in touch|start (?:your )?therapy)(?: (?:now|today|here))?$",
    r"(?:start|begin)(?: your (?:\w+ )?journey)?(?: (?:now|today|here))$",
    r"(?:start|begin) your (?:\w+ )?journey$",
    r"(?:reach out(?: to us)?|talk to us|inquire|apply)(?: (?:now|today|here))?$",
    r"(?:learn|read|see) more$",
    r"(?:sign up|subscribe|join (?:our|the) waitlist)(?: (?:now|today|here))?$",
    r"(?:contact(?: page)?|home|menu|search|next|previous|share|print|submit)$",
    r"(?:(?:our )?(?:glossary|blog|services|team|fees|faqs?|therapists)|about(?: us)?)$",
    r"ready to (?:get started|begin|start|talk|book|take)\b",
    r"(?:take|make) the (?:first|next) step(?: today| now)?$",
)
FRAME = any_of(
    r"all rights reserved",
    r"©|\bcopyright\b",
    r"privacy policy",
    r"terms of (?:use|service)",
    r"\bskip to (?:the )?(?:main )?content\b",
    r"^share (?:this|on|via)\b",
    r"leave a (?:comment|reply)",
    r"^(?:previous|next|older|newer) (?:post|article)",
    r"^related (?:posts|articles)",
    r"^(?:posted|filed) (?:by|in|on|under)\b",
    r"^(?:tags|categories|tagged)\s*:",
    r"^back to (?:top|the|our|all|glossary|blog)\b",
    r"^home\s*[>/»›|]",
    r"\bcookies?\b.*\b(?:accept|use)\b",
    r"^\d+ comments?$",
    r"^\w+ min(?:ute)?s? read$",
    r"^(?:(?:last )?(?:updated|published|posted|modified)(?: on)?:? )?[a-z]+ \d{1,2},? \d{4}$",
    r"^\S+@\S+\.\w+$",
)
GLOSSARY = any_of(
    r"\bthis (?:page|article|entry|post|definition|term)\b.*\b(?:glossary|blog|series)\b",
    r"\bglossary\b.*\b(?:collection|definitions|written by|our (?:psycho)?therapists)\b",
    r"\b(?:more|other|all) (?:terms|definitions|entries)\b.*\bglossary\b",
)
INVITATION = any_of(
    r"\b(?:contact|call|email|text|visit|talk to|meet with) (?:us|our)\b",
    r"\b(?:reach out to|get in touch with) (?:us|our)\b",
    r"\bschedul(?:e|ing) (?:a|an|your)(?: [\w-]+){0,2} "
    r"(?:session|appointment|consultation|call|visit)\b",
    r"\bbooking page\b",
    r"\bbook (?:a|an|your|directly|online|now)\b",
    r"\bour contact page\b",
    r"\b(?:to get|getting) started\b",
)
STARTING = listed(
    r"\binsurance\b",
    r"\bself-?\s?pay\b|\bpay(?:ing)? privately\b|\bprivate pay\b",
    r"\bout[- ]of[- ]pocket\b",
    r"\bin[- ]network\b|\bout[- ]of[- ]network\b|\bsuperbills?\b",
    r"\b(?:inquiry|verification|contact|intake|request|online) form\b",
    r"\bintake (?:documents?|forms?|paperwork|packet|call)\b|\bpaperwork\b",
    r"\bwait-?\s?list\b|\bwaiting list\b",
    r"\bbook(?:ing)? (?:directly|page|online|now|link)\b",
    r"\b(?:first|initial) (?:session|appointment|visit)\b",
    r"\bpreferred (?:psycho)?therapist\b|\b(?:psycho)?therapist of your choice\b",
    r"\b(?:appointment|session|booking) (?:is|has been) confirmed\b|\bconfirm (?:the|your)\b",
    r"\bavailabilit(?:y|ies)\b",
    r"\b(?:free|15-minute|phone|initial) consultation\b",
    r"\bco-?pays?\b|\bdeductibles?\b|\bcosts?\b|\bfees?\b",
    r"\b(?:email|e-mail|calling|texting|emailing) us\b|\blet us know\b",
)
LOCATIONS = listed(
    r"\boffices?\b(?: \w+){0,3} located\b|\blocated (?:in|at|on|near)\b",
    r"\bin[- ]person\b|\bin[- ]office\b|\bface to face\b",
    r"\bonline (?:therapy|sessions?|counseling)\b|\btele(?:health|therapy)\b|\bvirtual\w*",
    r"\b(?:serve|serving|welcome|see|accept)\b(?: \w+){0,4} clients\b|\bclients from\b",
    r"\bcommut(?:e|ing)\b|\bsurrounding (?:areas?|neighbou?rhoods?|suburbs)\b|\bnearby\b",
    r"\bour (?:physical |[\w-]+ )?(?:offices?|locations?)\b",
    r"\banywhere in\b|\bthroughout (?:the )?\w+\b|\bstate ?wide\b",
    r"\bneighbou?rhoods?\b",
)
STOCK_PHRASES = listed(
    r"\bevery step of the way\b",
    r"\b(?:healing|well-?being|wellness|mental health|therapy) journey\b|\byour journey\b",
    r"\b(?:safe|supportive|non-?judgmental|compassionate|warm) (?:\w+ ){0,2}"
    r"(?:space|environments?)\b|\bspace to feel\b",
    r"\btrauma-informed\b",
    r"\bculturally[- ](?:sensitive|competent|responsive|humble|attuned)\b",
    r"\blgbtq\w*\+?[ -]?affirm\w*",
    r"\bevidence-based\b",
    r"\bmental health (?:professionals|needs|goals)\b",
    r"\b(?:challenges|difficulties|issues|concerns) you (?:encounter|face|are facing|may)\b",
    r"\b(?:guide|support|assist) you\b|\bby your side\b",
)
METHODS = listed(
    r"\bcognitive[- ]behaviou?ral\b|\bcbt\b",
    r"\bdialectical\b|\bdbt\b",
    r"\bpsychodynamic\b",
    r"\bacceptance,? and commitment\b",
    r"\bperson[- ]cent(?:er|re)d\b|\bhumanistic\b",
    r"\bgottman\b|\bemotion(?:ally)?[- ]focused\b",
    r"\bemdr\b|\bsomatic\b|\bmindfulness\b",
)
