import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { shownName } from '../circle/members.service.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import { participantOf, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { CaseDataService } from './case-data.service.js';
import type { HandOver, PersonData } from './person-data.dto.js';
import { ABOUT, type AboutRow } from './person-data.queries.js';
import { redacted, redaction, SECTION_KEYS, type Other } from './person-data.rules.js';
import { PlanDataService } from './plan-data.service.js';
import { RetentionPolicyService } from './retention-policy.service.js';
import { TraceDataService } from './trace-data.service.js';

const HANDED = textsFor('nl').privacy.handed;

/** Everything that is held about one person, for that person: one snapshot, others redacted, nothing of what is for professionals only. */
@Injectable()
export class PersonDataService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly privateTimes: PrivateTimeService,
    private readonly ofCase: CaseDataService,
    private readonly ofPlan: PlanDataService,
    private readonly traces: TraceDataService,
    private readonly policies: RetentionPolicyService,
    private readonly audit: AuditService,
  ) {}

  /** One's own. */
  async own(ctx: Ctx): Promise<PersonData> {
    const { memberId, caseId } = participantOf(ctx);
    const data = await this.database.snapshot(ctx, (tx) => this.collect(tx, memberId));
    await this.audit.read(ctx, { action: 'privacy.own-data-read', object: { kind: 'circle-member', id: memberId }, caseId });
    return data;
  }

  /** For the facilitator of the case, who hands it over. To whom and how goes on the audit log. 409 while the circle is by itself. */
  async handOver(ctx: Ctx, memberId: string, { to, how }: HandOver): Promise<PersonData> {
    const data = await this.database.snapshot(ctx, async (tx) => {
      const { caseId } = await this.circle.member(tx, memberId);
      await this.privateTimes.assertOpen(tx, await this.cases.require(tx, caseId));
      return this.collect(tx, memberId);
    });
    await this.exported(ctx, memberId, { to, how });
    return data;
  }

  /** For the operator of the installation, by a command on the server. */
  async export(ctx: Ctx, memberId: string): Promise<PersonData> {
    const data = await this.database.snapshot(ctx, (tx) => this.collect(tx, memberId));
    await this.exported(ctx, memberId, { to: 'operator', how: 'file' });
    return data;
  }

  /** Before it leaves: to whom and how stands on the timeline, for the facilitator. */
  private async exported(ctx: Ctx, memberId: string, { to, how }: { to: keyof typeof HANDED['to']; how: keyof typeof HANDED['how'] }): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const member = await this.circle.member(tx, memberId);
      const { caseId } = member;
      const values = { name: shownName(member), to: HANDED.to[to], how: HANDED.how[how] };
      await this.cases.note(tx, { caseId, type: 'data-handed-over', audience: 'facilitator', values });
      await this.audit.record(tx, { action: 'privacy.exported', object: { kind: 'circle-member', id: memberId }, caseId, purpose: 'rights' });
    });
  }

  /** What the circle writes while it is by itself is not yet for who is from outside, not even what it means to ask them. */
  private async draftIsOpen(tx: Tx, { id, caseId, isMainPerson, circleKind }: CircleMember): Promise<boolean> {
    if (isMainPerson || circleKind === 'informal') return true;
    const { running, calledIn } = await this.privateTimes.ofCase(tx, caseId);
    return !running || calledIn.includes(id);
  }

  private async collect(tx: Tx, memberId: string): Promise<PersonData> {
    const [about] = await named<AboutRow>(tx, ABOUT, [tx.organisationId, memberId]);
    if (!about) throw notFound();
    const people = await this.circle.members(tx, about.caseId);
    const person = people.find(({ id }) => id === memberId)!;
    const hidden = await this.restrictions.hiddenFor(tx, about.caseId, memberId);
    const others = people.filter(({ id }) => id !== memberId).map((other) => otherOf(other, hidden.has(other.id)));
    // Whom the reader must not hear of is nobody here, also where only a first name would stand.
    const known = people.filter(({ id }) => !hidden.has(id));
    const found = [
      ...(await this.ofCase.sections(tx, about, person, known)),
      ...(await this.ofPlan.sections(tx, about, known, { draftIsOpen: await this.draftIsOpen(tx, person) })),
      ...(await this.traces.sections(tx, about, known)),
    ];
    const redact = redaction({ words: ownWords(person, about) }, others);
    const t = textsFor('nl').privacy.data;
    return {
      memberId,
      name: person.name,
      isMainPerson: person.isMainPerson,
      generatedAt: tx.now.toISOString(),
      organisation: { name: about.organisation, phone: about.organisationPhone },
      legalGround: t.legalGround(textsFor('nl').consents.groundText(about.ground)),
      kept: person.isMainPerson ? t.keptMainPerson[await this.policies.ruleOn(tx, localDay(tx.now))] : t.keptMember,
      recipients: person.isMainPerson ? t.recipientsMainPerson(about.facilitator) : t.recipientsMember(about.facilitator),
      sections: redacted(found, redact)
        .filter(({ records }) => records.length > 0)
        .sort((a, b) => SECTION_KEYS.indexOf(a.key) - SECTION_KEYS.indexOf(b.key))
        .map(({ key, records }) => ({ key, title: t.sections[key], records })),
      withheld: person.isMainPerson ? t.withheldMainPerson : t.withheldMember,
    };
  }
}

/** What is the person's own, also where somebody else has the same. */
const ownWords = (person: CircleMember, about: AboutRow): string[] =>
  [person.name, person.firstName, person.email, person.phone, person.address, person.organisation, about.facilitator, ...(person.guardians ?? [])].filter(
    (word): word is string => Boolean(word),
  );

function otherOf(other: CircleMember, hidden: boolean): Other {
  const { name, email, phone, address, guardians, isMainPerson, relation } = other;
  const t = textsFor('nl');
  const firstName = hidden ? null : other.firstName;
  const role = hidden ? t.privacy.someone : isMainPerson ? t.privacy.mainPerson : relation ? wordFor(t.circle.relations, relation) : t.privacy.someone;
  return { name, firstName, role, email, phone, address, guardians };
}
