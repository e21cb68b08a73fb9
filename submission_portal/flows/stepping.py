"""Suspending and resuming from a page, the same of a line and of a use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flask import flash, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.db import db, transaction
from registry.errors import Refused
from registry.finding_catalogue import ReadableFinding
from registry.items.tables import Item
from registry.web.guards import current_actor
from registry.web.problems import readable
from submission_portal.flows import suspending
from submission_portal.flows.forms import SuspensionForm


class ItemPage(Protocol):
    """The page of a line or a use, with a form that is shown again and what stopped it."""

    def __call__(
        self, item: Item, *, suspension_form: SuspensionForm | None, stopped: ReadableFinding | None = None
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class Stepping:
    """How one kind of item is found by its key, and shown."""

    item: Callable[[Session, str], Item]
    page: ItemPage

    def suspend(self, slug: str, told: str, after: str) -> Response | tuple[str, int]:
        """Suspend it with the reasons that were sent; ``told`` is said on the page at the address ``after``."""
        return self._take(slug, suspending.suspend, told, after)

    def resume(self, slug: str, told: str, after: str) -> Response | tuple[str, int]:
        """Resume it for the side that the reader decides for."""
        return self._take(slug, suspending.resume, told, after)

    def _take(self, slug: str, step: Callable[..., object], told: str, after: str) -> Response | tuple[str, int]:
        form = SuspensionForm()
        if not form.validate_on_submit():
            return self.page(self.item(db.session, slug), suspension_form=form), 422
        try:
            with transaction() as session:
                step(session, current_actor(), clock.now(), self.item(session, slug), reason=form.reason.data or "")
        except Refused as refused:
            item = self.item(db.session, slug)
            return self.page(item, suspension_form=form, stopped=readable(refused.finding)), 409
        flash(told, "ok")
        return redirect(after)
