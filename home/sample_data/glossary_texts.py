"""What the sample glossary entries say."""

from typing import NamedTuple


class Entry(NamedTuple):
    """An entry. A part is "# A heading", a paragraph, or pairs of a term and its explanation."""

    title: str
    slug: str
    definition: str
    parts: tuple[str | tuple[tuple[str, str], ...], ...]
    takeaways: tuple[str, ...]
    references: tuple[str, ...]
    topics: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


WORRY = Entry(
    title="Worry",
    topics=("anxiety",),
    other_names=("worrying", "worries"),
    slug="worry",
    definition="Worry is thinking, again and again, about what might go wrong.",
    parts=(
        "Almost everyone worries. A thought begins with “what if”, one answer leads to the next "
        "question, and the body gets ready for something that has not happened. In one of the "
        "first "
        "studies of worry it was described as a chain of thoughts that is hard to steer and looks "
        "to "
        "the future (Borkovec et al., 1983).",
        "# When does worry become a problem?",
        "How often somebody worries says less than what it costs them. It may be time to talk to "
        "someone when worry keeps you awake, when it fills hours that you wanted for other things, "
        "or when you stay away from people and places because of it.",
        "# What keeps it going?",
        (
            ("Attention", "The eye finds what it looks for: signs of danger come first."),
            (
                "Words instead of pictures",
                "Worry talks. That keeps frightening pictures away, and with them the chance to "
                "learn that they can be borne (Hirsch &amp; Mathews, 2012).",
            ),
            ("Avoiding", "What is never tried can't turn out to be less bad than feared."),
        ),
        "# What helps?",
        "Many people find it useful to give worry a place and a time: a quarter of an hour in the "
        "afternoon, with a pen. What can be decided is decided there; the rest is written down and "
        "may wait until tomorrow.",
    ),
    takeaways=(
        "Worry looks ahead; it rarely waits for an answer.",
        "What counts is what worry costs you, not how often it comes.",
        "A fixed time for worry leaves the other hours freer.",
    ),
    references=(
        "Borkovec, T. D., Robinson, E., Pruzinsky, T., & DePree, J. A. (1983). Preliminary "
        "exploration of worry: Some characteristics and processes. Behaviour Research and Therapy, "
        "21(1), 9–16. https://doi.org/10.1016/0005-7967(83)90121-3",
        "Hirsch, C. R., & Mathews, A. (2012). A cognitive model of pathological worry. Behaviour "
        "Research and Therapy, 50(10), 636–646. https://doi.org/10.1016/j.brat.2012.06.007",
    ),
)
PANIC = Entry(
    title="Panic attack",
    topics=("anxiety",),
    other_names=("panic attacks", "panic"),
    slug="panic-attack",
    definition="A panic attack is a sudden wave of strong fear that peaks within minutes and "
    "passes.",
    parts=(
        "The heart races, breath gets short, hands tingle, and the thought comes that something "
        "terrible is about to happen. A panic attack is frightening. If you are not sure whether "
        "it "
        "is one, or if it is the first time, have a doctor look at it.",
        "# Why does it grow so fast?",
        "One explanation is a circle: a harmless change in the body is read as a sign of danger, "
        "the "
        "reading brings fear, and fear changes the body even more (Clark, 1986).",
        "# What can I do while it lasts?",
        (
            ("Stay", "If the place is safe, stay where you are and let the wave come and go."),
            ("Breathe out", "Make each breath out a little longer than the breath in."),
            ("Name it", "Tell yourself: this is panic, and it will pass."),
        ),
    ),
    takeaways=(
        "Panic passes, also when nothing is done about it.",
        "Fear of the signs in the body feeds panic; knowing them makes it smaller.",
    ),
    references=(
        "Clark, D. M. (1986). A cognitive approach to panic. Behaviour Research and Therapy, "
        "24(4), "
        "461–470. https://doi.org/10.1016/0005-7967(86)90011-2",
    ),
)
ATTACHMENT = Entry(
    title="Attachment",
    topics=("relationships",),
    other_names=("attachment style", "attachment styles"),
    slug="attachment",
    definition="Attachment is the bond that lets us turn to somebody when we feel unsafe.",
    parts=(
        "Children look for someone who comforts them, and go out to play when they feel sure of "
        "that "
        "person. John Bowlby called such a person a secure base (Bowlby, 1988). Adults have such "
        "people too: a partner, a friend, a brother or a sister.",
        "# What are attachment styles?",
        "In 1987 Cindy Hazan and Phillip Shaver asked adults about love and found three ways of "
        "being "
        "close that had been known from children (Hazan &amp; Shaver, 1987):",
        (
            ("Secure", "It feels natural to lean on others and to be leaned on."),
            ("Avoidant", "Closeness soon feels like too much, and distance like relief."),
            ("Anxious", "Closeness never seems quite certain, so one keeps checking."),
        ),
        "A style is no diagnosis and no fate. It says what somebody has learned to expect, and "
        "what "
        "has been learned can change with new experience.",
    ),
    takeaways=(
        "We need people to turn to at every age.",
        "Attachment styles describe what we expect of others; they can change.",
    ),
    references=(
        "Bowlby, J. (1988). A secure base: Parent-child attachment and healthy human development. "
        "Basic Books.",
        "Hazan, C., & Shaver, P. (1987). Romantic love conceptualized as an attachment process. "
        "Journal of Personality and Social Psychology, 52(3), 511–524. "
        "doi:10.1037/0022-3514.52.3.511",
    ),
)
SELF_COMPASSION = Entry(
    title="Self-compassion",
    topics=("depression", "anxiety"),
    other_names=("kindness to yourself",),
    slug="self-compassion",
    definition="Self-compassion is meeting your own pain the way you would meet a friend's.",
    parts=(
        "It is no excuse and no self-pity. Somebody who is kind to themselves after a mistake can "
        "look at the mistake longer, because looking hurts less.",
        "# What is it made of?",
        "Kristin Neff described three parts (Neff, 2003):",
        (
            ("Kindness", "Warm words to yourself where harsh ones come first."),
            ("Common humanity", "Knowing that failing and hurting belong to every life."),
            ("Mindfulness", "Seeing the pain as it is, neither pushed away nor made bigger."),
        ),
        "# How can I practice?",
        "Think of a friend in your place. Write down what you would tell them, and in what voice. "
        "Then read it as if it were meant for you.",
    ),
    takeaways=(
        "Kindness to yourself makes it easier to look at what went wrong.",
        "It can be practiced, for example with a letter to a friend in your place.",
    ),
    references=(
        "Neff, K. (2003). Self-compassion: An alternative conceptualization of a healthy attitude "
        "toward oneself. Self and Identity, 2(2), 85–101. https://doi.org/10.1080/15298860309032",
    ),
)
ENTRIES = (ATTACHMENT, PANIC, SELF_COMPASSION, WORRY)
