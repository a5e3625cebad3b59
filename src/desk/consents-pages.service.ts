import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { ConsentRecords, type OpenConsent } from '../circle/consent-records.service.js';
import { APPROVAL_CAN_GO_BACK, consentState } from '../circle/consents.rules.js';
import { ConsentsService } from '../circle/consents.service.js';
import { shownName } from '../circle/members.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx, ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import type { RestrictionsProps, YesesProps } from './case-yes.pages.js';
import type { OwnYes, OwnYesPageProps } from './consents.pages.js';
import { participant } from './participant-pages.service.js';

const ZONE = 'Europe/Amsterdam';

type OwnYeses = Omit<OwnYesPageProps, 'frame'>;

/** Every yes as pages show it: of the one who looks, and of a whole case for its facilitator. */
@Injectable()
export class ConsentsPagesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly records: ConsentRecords,
    private readonly consents: ConsentsService,
    private readonly restrictions: RestrictionsService,
    private readonly audit: AuditService,
  ) {}

  /** What I said yes to; a main person on a known device also whom they said may be asked, and by name who may speak. */
  async own(ctx: Ctx): Promise<OwnYeses> {
    const me = participant(ctx);
    const page = await this.database.view(ctx, (tx) => this.ownPage(tx, me));
    await this.audit.read(ctx, { action: 'circle.consents-read', object: { kind: 'circle-member', id: me.memberId }, caseId: me.caseId });
    return page;
  }

  /** For the page of a case, inside its read. */
  async ofCase(tx: Tx, caseId: string, people: readonly CircleMember[]): Promise<YesesProps & RestrictionsProps> {
    const { items, notices } = await this.consents.inCase(tx, caseId);
    const present = people.filter(({ state }) => !['removed', 'refused', 'unreachable'].includes(state));
    const one = (member: CircleMember): { id: string; name: string } => ({ id: member.id, name: member.name });
    const nameOf = new Map(people.map((member) => [member.id, shownName(member)]));
    return {
      today: localDay(tx.now),
      people: present.map(one),
      professionals: present.filter(({ circleKind }) => circleKind === 'professional').map(one),
      mainPersons: present.filter(({ isMainPerson }) => isMainPerson).map(one),
      names: nameOf,
      yeses: items,
      notices,
      restrictions: await this.restrictions.ofCase(tx, caseId),
    };
  }

  private async ownPage(tx: Tx, me: ParticipantActor): Promise<OwnYeses> {
    await this.cases.require(tx, me.caseId, 'circle');
    const known = me.knownUntil !== null && me.knownUntil > tx.now;
    const hidden = await this.restrictions.hidden(tx, me.caseId);
    const people = new Map((await this.circle.members(tx, me.caseId)).map((member) => [member.id, member]));
    const wide = me.isMainPerson && known;
    const all = await this.records.ofCase(tx, me.caseId, wide ? undefined : me.memberId);
    const mine = all.filter(
      ({ kind, memberId, professionalMemberId }) =>
        (memberId === me.memberId || kind === 'approval') && !hidden.has(memberId) && !hidden.has(professionalMemberId ?? ''),
    );
    const today = localDay(tx.now);
    const yeses = mine.map((consent) => shown(consent, people, { me, known, today }));
    const figures = yeses.find(({ kind, state }) => kind === 'micro-analysis' && state === 'standing');
    return { yeses, isMainPerson: me.isMainPerson, known, joins: figures ? figures.given : null };
  }
}

function shown(
  consent: OpenConsent,
  people: ReadonlyMap<string, CircleMember>,
  { me, known, today }: { me: ParticipantActor; known: boolean; today: string },
): OwnYes {
  const { id, kind, given, givenBy, on, how, subject, until, takenBackAt } = consent;
  const about = people.get(kind === 'release' ? (consent.professionalMemberId ?? '') : consent.memberId);
  const asked = kind === 'approval';
  const canGoBack = !asked || (me.isMainPerson && about !== undefined && APPROVAL_CAN_GO_BACK.includes(about.state));
  return {
    id,
    kind,
    given,
    givenBy,
    on,
    how,
    subject: subject ?? null,
    until,
    takenBackAt,
    state: consentState(consent, today),
    // Who is in the circle is for a device that is known.
    who: about && (known || !me.isMainPerson) ? shownName(about) : null,
    aboutMe: consent.memberId === me.memberId,
    canGoBack,
  };
}

const localDay = (now: Date): string => DateTime.fromJSDate(now, { zone: ZONE }).toISODate()!;
