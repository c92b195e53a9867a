"""What keeps the visit in the browser's tab, and gives it to a new session of the same page."""

from playground.components.component import keeper
from playground.session.current import current_visit


def keeper_panel() -> None:
    """Must be drawn first: what was kept decides what the rest shows. It is in no fragment: sessions end those."""
    visit = current_visit()
    kept = keeper(
        visit.number,
        key="keeper_of_visit",
        on_hello=visit.keeping.come_back,
        on_unkept=visit.keeping.note_fault,
        on_forgotten=visit.progress.forget,
    )
    if kept is not None:
        visit.taking_up.take_up(kept)
        visit.progress.take_up(kept)
