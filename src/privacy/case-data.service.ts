import { Injectable } from '@nestjs/common';
import type { CircleMember } from '../circle/circle.service.js';
import { isConfidentialChild } from '../circle/preparation.rules.js';
import type { SealedMeeting } from '../meetings/records.service.js';
import { named, type Statement, type Tx } from '../platform/database/tx.js';
import { Vault } from '../platform/vault/vault.js';
import { ReferralStore } from '../referrals/referral-store.service.js';
import { textsFor } from '../texts/texts.js';
import {
  ATTEMPTS, CIRCLE_ANSWERS, CONSENTS, COST_LINES, LAW_TERMS, MEASUREMENTS, MEETINGS, MESSAGES, NOTICES, PARTICIPATION, TALKS, type AboutRow,
} from './person-data.queries.js';
import { calledFor, type Fields, type Section, type Value } from './person-data.rules.js';

export type Sealed = { id: string; sealed: Buffer | null } & Record<string, unknown>;

/** What is kept of a person in their case: who they are, from whom we know, when they met and how they are. What they said and promised is in `PlanDataService`. */
@Injectable()
export class CaseDataService {
  constructor(
    private readonly vault: Vault,
    private readonly referrals: ReferralStore,
  ) {}

  async sections(tx: Tx, about: AboutRow, person: CircleMember, people: readonly CircleMember[]): Promise<Section[]> {
    const { id, caseId } = about;
    const own = async (key: Section['key'], statement: Statement): Promise<Section> => ({
      key,
      records: (await named<Record<string, unknown>>(tx, statement, [tx.organisationId, id])).map(plain),
    });
    const common: Section[] = [
      { key: 'person', records: [personOf(about, person, people)] },
      await this.source(tx, about, people),
      await own('notices', NOTICES),
      { key: 'consents', records: await this.consents(tx, id) },
      await own('contact-attempts', ATTEMPTS),
      { key: 'talks', records: await this.talks(tx, about) },
      { key: 'participation', records: await this.participation(tx, id) },
      await own('messages', MESSAGES),
      { key: 'meetings', records: await this.meetings(tx, about) },
    ];
    if (!about.isMainPerson) return common;
    const terms = await named<Record<string, unknown>>(tx, LAW_TERMS, [tx.organisationId, caseId]);
    return [
      ...common,
      { key: 'referral', records: await this.referral(tx, about, people) },
      { key: 'case', records: [caseOf(about)] },
      { key: 'law-terms', records: terms.map(plain) },
      { key: 'circle-answers', records: await this.circleAnswers(tx, about) },
      { key: 'wellbeing', records: await this.wellbeing(tx, about) },
      { key: 'cost-lines', records: await this.costs(tx, about) },
    ];
  }

  /** From whom we have this: the referrer, for a main person; for someone of the circle whoever named them. */
  private async source(tx: Tx, about: AboutRow, people: readonly CircleMember[]): Promise<Section> {
    const t = textsFor('nl').privacy;
    const referral = about.referralId ? await this.referrals.find(tx, { id: about.referralId }) : null;
    const at = about.createdAt.toISOString();
    if (about.isMainPerson) {
      const referrer = referral?.content.referrer;
      const from = referrer ? [referrer.name, referrer.organisation].filter(Boolean).join(', ') : t.yourself;
      return { key: 'source', records: [{ from, source: referral?.source ?? null, at: (referral?.createdAt ?? about.createdAt).toISOString() }] };
    }
    const adder = people.find(({ id }) => id === about.addedById);
    const namers = adder && adder.id !== about.id ? [adder] : people.filter(({ isMainPerson }) => isMainPerson);
    const via = people.find(({ id }) => id === about.viaMemberId);
    const names = namers.map((one) => calledFor({ firstName: one.firstName, role: t.mainPerson }));
    return { key: 'source', records: [{ from: names.join(', '), via: via ? calledFor({ firstName: via.firstName, role: t.someone }) : null, at }] };
  }

  /** The question as the first main person asked it; what the referral says about safety is talked over, not handed out. */
  private async referral(tx: Tx, about: AboutRow, people: readonly CircleMember[]): Promise<Fields[]> {
    const referral = about.referralId ? await this.referrals.find(tx, { id: about.referralId }) : null;
    if (!referral) return [];
    const { question, consent, notifiedOn, information } = referral.content;
    const isFirst = people.find(({ isMainPerson }) => isMainPerson)?.id === about.id;
    return [
      {
        question: isFirst ? question : null,
        state: referral.state,
        kind: referral.kind,
        receivedAt: referral.receivedAt?.toISOString() ?? null,
        acceptedAt: referral.acceptedAt?.toISOString() ?? null,
        consentOn: (isFirst && consent?.on) || null,
        consentHow: (isFirst && consent?.how) || null,
        legalGround: consent?.ground ?? null,
        notifiedOn,
        neighbourhoodCode: referral.neighbourhoodCode,
        information: isFirst ? information.map(({ text }) => text) : [],
      },
    ];
  }

  private async meetings(tx: Tx, about: AboutRow): Promise<Fields[]> {
    interface Row extends Record<string, unknown> {
      id: string;
      placeType: string;
      sealed: Buffer;
      remarkSealed: Buffer | null;
      answers: { at: string; answer: string }[] | null;
    }
    const rows = await named<Row>(tx, MEETINGS, [tx.organisationId, about.id, about.caseId, about.isMainPerson]);
    const words = textsFor('nl').privacy.answers;
    return Promise.all(
      rows.map(async ({ id, sealed, remarkSealed, answers, ...rest }) => {
        const { address } = await this.open<SealedMeeting>(tx, 'meetings', id, sealed);
        const remark = remarkSealed && (await this.open<{ remark: string }>(tx, 'meetings_responses', `${id} ${about.id}`, remarkSealed)).remark;
        // Where a main person lives is theirs, also when somebody came there.
        const mayKnow = about.isMainPerson || rest.placeType !== 'home';
        return {
          ...plain(rest),
          address: mayKnow ? (address ?? null) : null,
          answers: (answers ?? []).map(({ at, answer }) => `${at}: ${words[answer as keyof typeof words]}`),
          remark,
        };
      }),
    );
  }

  private async consents(tx: Tx, memberId: string): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, CONSENTS, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => {
        const { how, subject } = await this.open<{ how?: string; subject?: string }>(tx, 'circle_consents', id, sealed!);
        return { ...plain(rest), how: how ?? null, onSubject: subject ?? null };
      }),
    );
  }

  /** What a child said is theirs: a file is asked for by who has authority too, so it stands there without the words. */
  private async talks(tx: Tx, { id: memberId, ageBand }: AboutRow): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, TALKS, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => {
        const { needs, brings } = await this.open<{ needs: string | null; brings: string | null }>(tx, 'circle_preparation_talks', id, sealed!);
        return { ...plain(rest), ...(isConfidentialChild(ageBand) ? {} : { needs, brings }) };
      }),
    );
  }

  private async participation(tx: Tx, memberId: string): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, PARTICIPATION, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => ({
        ...plain(rest),
        ...(await this.open<{ letter: string | null; recordingAt: string | null; remark: string | null }>(tx, 'circle_participations', id, sealed!)),
      })),
    );
  }

  private async circleAnswers(tx: Tx, { id: memberId, caseId }: AboutRow): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, CIRCLE_ANSWERS, [tx.organisationId, memberId, caseId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => ({ ...plain(rest), ...(await this.open<{ names: string[] }>(tx, 'circle_answers', id, sealed!)) })),
    );
  }

  private async wellbeing(tx: Tx, { id: memberId, caseId }: AboutRow): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, MEASUREMENTS, [tx.organisationId, memberId, caseId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => {
        const { answers, score } = await this.open<{ answers: Record<string, unknown>; score: number | null }>(tx, 'micro_analysis_measurements', id, sealed!);
        return { ...plain(rest), answers: Object.entries(answers).map(([item, answer]) => `${item}: ${String(answer)}`), score };
      }),
    );
  }

  private async costs(tx: Tx, { id: memberId, caseId }: AboutRow): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, COST_LINES, [tx.organisationId, caseId, memberId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => {
        const typed = sealed && (await this.open<{ text: string | null; unit: string | null }>(tx, 'micro_analysis_cost_lines', id, sealed));
        return { ...plain(rest), text: typed?.text ?? null, unit: (rest.unit as string | null) ?? typed?.unit ?? null };
      }),
    );
  }

  private open<T>({ organisationId }: Tx, table: string, id: string, sealed: Buffer): Promise<T> {
    return this.vault.open<T>({ organisationId, table, id }, sealed);
  }
}

/** A row as it is read: instants as text. */
export const plain = (row: Record<string, unknown>): Fields =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : (value as Value)]));

function personOf(about: AboutRow, person: CircleMember, people: readonly CircleMember[]): Fields {
  const { contactPreference, approval } = person;
  const adder = people.find(({ id }) => id === about.addedById);
  const t = textsFor('nl').privacy;
  return {
    name: person.name,
    firstName: person.firstName,
    relation: person.relation,
    circleKind: person.isMainPerson ? null : person.circleKind,
    state: person.isMainPerson ? null : person.state,
    stateSince: about.stateSince.toISOString(),
    ageBand: person.ageBand,
    birthYear: person.birthYear ?? null,
    email: person.email ?? null,
    phone: person.phone ?? null,
    phoneVerifiedAt: person.phoneVerifiedAt?.toISOString() ?? null,
    address: person.address ?? null,
    organisation: person.organisation ?? null,
    language: person.language ?? null,
    guardians: person.guardians ?? null,
    reach: person.reach ?? null,
    preferredChannel: contactPreference?.channel ?? null,
    preferredHours: contactPreference?.hours ?? null,
    noVoicemail: contactPreference?.noVoicemail ?? null,
    preferenceNote: contactPreference?.note ?? null,
    addedAt: about.createdAt.toISOString(),
    addedBy: adder ? (adder.id === about.id ? t.yourself : calledFor({ firstName: adder.firstName, role: t.mainPerson })) : t.addedByStaff,
    approvedAt: about.approvedAt?.toISOString() ?? null,
    approvedBy: approval?.by ?? null,
    approvedOn: approval?.on ?? null,
    approvedHow: approval?.how ?? null,
    reachedAt: about.reachedAt?.toISOString() ?? null,
    invitedAt: about.invitedAt?.toISOString() ?? null,
    endReason: person.ended?.reason ?? null,
  };
}

const caseOf = (about: AboutRow): Fields => ({
  reference: about.reference,
  kind: about.kind,
  state: about.caseState,
  facilitator: about.facilitator,
  openedAt: about.openedAt.toISOString(),
  closedAt: about.closedAt?.toISOString() ?? null,
  consentGiven: about.consentGiven,
  neighbourhoodCode: about.neighbourhoodCode,
});
