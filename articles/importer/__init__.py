"""Bring articles that exist into the glossary.

`sources` reads a file (one reader per format hands over headings, paragraphs and lists),
`structure` finds the article in them and tells it from the web site's furniture, `build` makes
blocks, `importing` writes the page. All but the last two are pure: they know no database.
"""
