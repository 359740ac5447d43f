"""How each address, page type, block and template of the site is visited by tests."""

# The public pages of the sample practice, one of each type at least.
PUBLIC_PAGES = (
    "/",
    "/therapists/",
    "/therapists/ada-sample/",
    "/locations/",
    "/locations/south-loop/",
    "/fees/",
    "/faq/",
    "/contact/",
    "/before-your-first-session/",
    "/glossary/",
    "/glossary/worry/",
)
