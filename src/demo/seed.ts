import type { INestApplicationContext } from '@nestjs/common';
import { MessagesService } from '../messages/messages.service.js';
import type { MovableClock } from '../platform/clock.js';
import { addAccounts } from './accounts.js';
import type { WorkingDays } from './days.js';
import { makeRoster } from './duties.steps.js';
import { Stage } from './stage.js';
import { eigenKracht } from './stories/eigen-kracht.js';
import { jim } from './stories/jim.js';
import { mdo } from './stories/mdo.js';
import { netwerkberaadThen } from './stories/netwerkberaad-then.js';
import { netwerkberaadNow } from './stories/netwerkberaad-now.js';
import { netwerkplan } from './stories/netwerkplan.js';
import { referrals } from './stories/referrals.js';
import { passTime, tell } from './timeline.js';

export const STORIES = [
  ...netwerkberaadThen,
  ...netwerkberaadNow,
  ...mdo,
  ...eigenKracht,
  ...jim,
  ...netwerkplan,
  ...referrals,
];

/** Fills the organisation with accounts and stories, through the services, as if time had passed. Nobody gets a message. */
export async function seed(
  app: INestApplicationContext,
  { clock, days, organisationId, password }: { clock: MovableClock; days: WorkingDays; organisationId: string; password: string },
): Promise<void> {
  const accounts = await addAccounts(app, organisationId, password);
  const endPretending = app.get(MessagesService).pretend();
  const stage = new Stage(app, clock, days, organisationId, accounts);
  await tell(stage, STORIES);
  await makeRoster(stage, clock.now());
  await passTime(stage, days.hoursAgo(0));
  endPretending();
}
