"""Lists: "term: explanation", steps, plain points, up to three levels deep."""

from wagtail import blocks

from .text import INLINE_FEATURES


class PointsValue(blocks.StructValue):
    """Knows whether each of its points explains a term."""

    @property
    def has_terms(self) -> bool:
        """True where no point lacks a term: then it is a list of terms and explanations."""
        points = self.get("points") or []
        return bool(points) and all(point["term"] for point in points)


class _LastPointBlock(blocks.StructBlock):
    """A point with nothing below it."""

    term = blocks.CharBlock(
        required=False,
        max_length=150,
        help_text="What the text explains, without the colon. Leave empty for a plain point.",
    )
    explanation = blocks.RichTextBlock(features=INLINE_FEATURES, label="Text")

    class Meta:
        label = "Point"
        label_format = "{term} {explanation}"


class _SecondPointBlock(_LastPointBlock):
    """A point of the second level."""

    points = blocks.ListBlock(_LastPointBlock(), default=[], label="Points below this one")
    numbered = blocks.BooleanBlock(required=False, label="Number the points below this one")

    class Meta:
        value_class = PointsValue
        form_layout = blocks.BlockGroup(
            children=["term", "explanation", "points"], settings=["numbered"]
        )


class _PointBlock(_LastPointBlock):
    """A point of the first level."""

    points = blocks.ListBlock(_SecondPointBlock(), default=[], label="Points below this one")
    numbered = blocks.BooleanBlock(required=False, label="Number the points below this one")

    class Meta:
        value_class = PointsValue
        form_layout = blocks.BlockGroup(
            children=["term", "explanation", "points"], settings=["numbered"]
        )


class TermListBlock(blocks.StructBlock):
    """A list of terms with their explanations, of steps, or of points."""

    points = blocks.ListBlock(_PointBlock(), min_num=1)
    numbered = blocks.BooleanBlock(
        required=False, help_text="For steps that are taken one after the other."
    )

    class Meta:
        icon = "list-ul"
        label = "List"
        template = "articles/blocks/term_list_block.html"
        preview_template = "articles/block_preview.html"
        value_class = PointsValue
        label_format = "List: {points}"
        description = (
            "Terms and their explanations, steps, or plain points, up to three levels deep."
        )
        preview_value = {
            "points": [
                {
                    "term": "Trigger",
                    "explanation": "<p>What sets off a feeling that seems too big for it.</p>",
                    "points": [],
                    "numbered": False,
                },
                {
                    "term": "Grounding",
                    "explanation": "<p>A way back to what is here and now, such as:</p>",
                    "points": [
                        {"term": "", "explanation": "<p>naming five things you can see</p>"},
                        {"term": "", "explanation": "<p>feeling both feet on the floor</p>"},
                    ],
                    "numbered": False,
                },
            ],
            "numbered": False,
        }
        form_layout = blocks.BlockGroup(children=["points"], settings=["numbered"])
