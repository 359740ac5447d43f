"""Having people told that sessions collide with a calendar."""

from django_q.tasks import async_task

SEND = "scheduling.tasks.send_collision_mail"


def tell_of_collisions(therapist_id: int) -> None:
    """Have those concerned told of the therapist's collisions that nobody was told of.

    One task, and so one mail to each, however many there are: a vacation that meets twelve sessions
    is one thing that happened. It is enqueued in the transaction that found them.
    """
    async_task(SEND, therapist_id)
