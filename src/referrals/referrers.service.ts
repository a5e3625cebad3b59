import { Injectable } from '@nestjs/common';
import { isSafeChannel } from '../circle/circle.rules.js';
import type { NewCircleMember } from '../circle/circle.service.js';
import { safeHours, type SafeHours } from '../circle/contact-hours.rules.js';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { textsFor } from '../texts/texts.js';
import type { OpenReferral } from './referral-store.service.js';
import { CONFIRM_WITHIN_DAYS, REFERRER_RELATIONS } from './referrals.rules.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** By mail and by text message; null where that cannot be. */
export interface Ways {
  name: string;
  email: string | null;
  phone: string | null;
  language?: string;
  safeHours: SafeHours | null;
}

interface Addressee {
  safeHours: SafeHours | null;
  to: { address: string; name: string; language?: string };
  self: boolean;
}

/** What the one who referred hears. Someone who asked for themself gets the same at their own address. */
@Injectable()
export class ReferrersService {
  constructor(
    private readonly messages: MessagesService,
    private readonly staff: StaffService,
  ) {}

  /** Asks a referrer without an account whether it was they. Holds nothing that was typed in. */
  async askConfirmation(tx: Tx, referral: OpenReferral, token: string): Promise<void> {
    const { email, name } = referral.content.referrer!;
    await this.messages.queue(tx, {
      template: 'referral-confirmation',
      channel: 'mail',
      to: { address: email!, name },
      values: { token, expiresAt: new Date(tx.now.getTime() + CONFIRM_WITHIN_DAYS * DAY_MS).toISOString() },
      referralId: referral.id,
      urgent: referral.safetyLevel === 'acute',
      key: `referral-confirmation ${referral.id}`,
    });
  }

  /** The receipt, at once; of an acute one it says more. */
  async tellReceived(tx: Tx, referral: OpenReferral): Promise<void> {
    const addressee = await this.addressee(tx, referral);
    if (!addressee) return;
    await this.messages.queue(tx, {
      template: 'referral-received',
      channel: 'mail',
      to: addressee.to,
      safeHours: addressee.safeHours,
      values: { receivedAt: tx.now.toISOString(), self: addressee.self },
      referralId: referral.id,
      key: `referral-received ${referral.id}`,
    });
  }

  async tellAccepted(tx: Tx, referral: OpenReferral, facilitator: { name: string; phone: string | null }): Promise<void> {
    const addressee = await this.addressee(tx, referral);
    if (!addressee) return;
    await this.messages.queue(tx, {
      template: 'referral-accepted',
      channel: 'mail',
      to: addressee.to,
      safeHours: addressee.safeHours,
      values: { facilitator: facilitator.name, phone: facilitator.phone, acceptedAt: tx.now.toISOString(), self: addressee.self },
      referralId: referral.id,
      key: `referral-accepted ${referral.id}`,
    });
  }

  async tellDeclined(tx: Tx, referral: OpenReferral, reason: keyof ReturnType<typeof textsFor>['referrals']['declineReasons']): Promise<void> {
    const addressee = await this.addressee(tx, referral);
    if (!addressee) return;
    await this.messages.queue(tx, {
      template: 'referral-declined',
      channel: 'mail',
      to: addressee.to,
      safeHours: addressee.safeHours,
      values: { reason: textsFor('nl').referrals.declineReasons[reason], remark: referral.content.remark, self: addressee.self },
      referralId: referral.id,
      key: `referral-declined ${referral.id}`,
    });
  }

  async askInformation(tx: Tx, referral: OpenReferral, reason: keyof ReturnType<typeof textsFor>['referrals']['questionReasons']): Promise<void> {
    const addressee = await this.addressee(tx, referral);
    if (!addressee) return;
    const question = textsFor('nl').referrals.questionReasons[reason];
    await this.messages.queue(tx, {
      template: 'information-requested',
      channel: 'mail',
      to: addressee.to,
      safeHours: addressee.safeHours,
      values: { question: [question, referral.content.remark].filter(Boolean).join(' '), self: addressee.self },
      referralId: referral.id,
      key: `information-requested ${referral.id} ${referral.version}`,
    });
  }

  /** Who named the circle, in what its people read: the referrer with their organisation, or the resident who asked for themself. */
  async nameOf(tx: Tx, referral: OpenReferral): Promise<string | undefined> {
    if (referral.source === 'resident' && !referral.referrerStaffId) return referral.residentName;
    const { referrer } = referral.content;
    if (referrer) return [referrer.name, referrer.organisation].filter(Boolean).join(', ');
    const staff = referral.referrerStaffId ? await this.staff.find(tx, referral.referrerStaffId) : null;
    return staff?.name;
  }

  /** The referrer as a professional of the circle: they stand for what they want to be safe. Null when it is the resident. */
  async asMember(tx: Tx, referral: OpenReferral, caseId: string): Promise<NewCircleMember | null> {
    const relation = REFERRER_RELATIONS[referral.source];
    if (relation === null) return null;
    const staff = referral.referrerStaffId ? await this.staff.find(tx, referral.referrerStaffId) : null;
    const person = referral.content.referrer ?? (staff && { name: staff.name, email: staff.email, phone: staff.phone ?? undefined });
    return person && { ...person, caseId, relation, professional: true };
  }

  /** How the referrer is reached without anyone doing it by hand; an address is null where they gave none, or it is not safe. */
  async ways(tx: Tx, referral: OpenReferral): Promise<Ways> {
    const { referrer, resident } = referral.content;
    const staff = referral.referrerStaffId ? await this.staff.find(tx, referral.referrerStaffId) : null;
    if (staff) return { name: staff.name, email: staff.email, phone: staff.phone, safeHours: null };
    const self = bySelf(referral);
    const person = self ? resident : referrer;
    if (!person || referral.referrerStaffId) return { name: '', email: null, phone: null, safeHours: null };
    const preference = self ? resident.contactPreference : undefined;
    const safe = (via: 'mail' | 'sms', address: string | undefined): string | null => (isSafeChannel(via, preference) ? (address ?? null) : null);
    return {
      name: person.name,
      email: safe('mail', person.email),
      phone: safe('sms', person.phone),
      ...(self && resident.language ? { language: resident.language } : {}),
      safeHours: safeHours(preference?.hours),
    };
  }

  /** Where the referrer is reached by mail; null when they gave no address, or said that mail is not the safe way. */
  private async addressee(tx: Tx, referral: OpenReferral): Promise<Addressee | null> {
    const { name, email, language, safeHours: hours } = await this.ways(tx, referral);
    const to = { address: email ?? '', name, ...(language ? { language } : {}) };
    return email === null ? null : { to, self: bySelf(referral), safeHours: hours };
  }
}

/** Whether somebody asked for themself, without anyone of the staff. */
const bySelf = ({ source, referrerStaffId }: OpenReferral): boolean => source === 'resident' && !referrerStaffId;
