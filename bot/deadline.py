"""How long the assistant waits for its action server.

Rasa 3.6 waits 300 s and offers no setting: `RemoteAction.run` passes this module constant with every request, so the
constant is the only
handle. A hung action server would otherwise hold the conversation's lock, and with it the next message of somebody in
danger.
"""

import rasa.core.actions.action

from bot.settings import settings

rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = settings().action_deadline_s
