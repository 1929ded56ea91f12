"""What the library keeps of every page that was ever opened, and of every call of a program's: it goes when it is no use."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.state_holder import StateHolder

# As long as the library itself keeps what a closed page would need to go on.
KEPT = timedelta(hours=1)
# However many come within that time; each takes up to a megabyte, and of too many the one unused for longest goes.
MOST = 1000


def forget_sessions(holder: "StateHolder") -> None:
    """Forget the sessions that nobody has used for an hour, unless their page is still open.

    What a program calls has no page, and so nothing to go on with.
    """
    before = datetime.now() - KEPT  # noqa: DTZ005 - the library's own clock
    for session, used in list(holder.time_last_used.items()):
        known = holder.session_data.get(session)
        if used < before and (known is None or known.is_closed or not known.state_data):
            holder.session_data.pop(session, None)
            holder.time_last_used.pop(session, None)
