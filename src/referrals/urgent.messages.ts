import { Injectable } from '@nestjs/common';
import { MOBILE } from '../circle/circle.rules.js';
import { MessagesService, type NewMessage } from '../messages/messages.service.js';
import type { Template, TemplateValues } from '../messages/templates.rules.js';
import { DutySettings } from '../meetings/duty-settings.service.js';
import { StaffService, type Staff } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { messageLanguage } from '../texts/message-languages.js';
import { urgentReferral } from '../web/addresses.js';
import type { OpenReferral } from './referral-store.service.js';
import { ReferrersService } from './referrers.service.js';

/** What is said about an acute referral, by mail and by text message at once: to who is on duty, to leads, to who referred. */
@Injectable()
export class UrgentMessages {
  constructor(
    private readonly messages: MessagesService,
    private readonly staff: StaffService,
    private readonly settings: DutySettings,
    private readonly referrers: ReferrersService,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Whom to call when nobody has it: E.164, or null. */
  async callInstead(tx: Tx): Promise<string | null> {
    return this.settings.phone(tx);
  }

  /** To one of those on duty, or who was given it: there is one, and here you say that you have it. */
  async alert(tx: Tx, referral: OpenReferral, to: Staff, rank: 'first' | 'second' | 'given'): Promise<void> {
    const values = { receivedAt: receivedAt(referral), rank, url: this.publicUrl.to(urgentReferral(referral.id)) };
    await this.toStaff(tx, referral, to, { template: 'acute-alert', values, key: `acute-alert ${referral.id} ${to.id}` });
  }

  /** To every lead: nobody has it. `again`: once more. */
  async alertLeads(tx: Tx, referral: OpenReferral, again?: 'again'): Promise<void> {
    const phone = await this.callInstead(tx);
    const values = { receivedAt: receivedAt(referral), url: this.publicUrl.to(urgentReferral(referral.id)), phone };
    for (const lead of (await this.staff.all(tx)).filter(({ roles }) => roles.includes('lead'))) {
      const key = ['acute-unassigned', referral.id, lead.id, again].filter(Boolean).join(' ');
      await this.toStaff(tx, referral, lead, { template: 'acute-unassigned', values, key });
    }
  }

  /** The receipt for who referred: who was alerted, or that nobody is on duty and whom to call. */
  async received(tx: Tx, referral: OpenReferral, onDuty: Staff | null): Promise<void> {
    const from = { receivedAt: receivedAt(referral), phone: await this.callInstead(tx) };
    const key = `acute-received ${referral.id} ${referral.version}`;
    const { language } = await this.referrers.ways(tx, referral);
    // Who asks for themself in another language reads less, but in that language.
    const said = { template: 'referral-received', values: { ...from, self: true, acute: true }, key } as const;
    if (language && messageLanguage(language) !== 'nl') await this.toReferrer(tx, referral, said);
    else await this.toReferrer(tx, referral, { template: 'acute-received', values: { ...from, onDuty: onDuty?.name ?? null }, key });
  }

  /** "Opgepakt door … om 17.04". */
  async pickedUp(tx: Tx, referral: OpenReferral, by: Staff): Promise<void> {
    const phone = by.phone ?? (await this.callInstead(tx));
    const values = { facilitator: by.name, phone, at: tx.now.toISOString() };
    await this.toReferrer(tx, referral, { template: 'acute-acknowledged', values, key: `acute-acknowledged ${referral.id}` });
  }

  /** "Nog niemand: bel …". */
  async stillNobody(tx: Tx, referral: OpenReferral): Promise<void> {
    const values = { receivedAt: receivedAt(referral), phone: await this.callInstead(tx) };
    await this.toReferrer(tx, referral, { template: 'acute-waiting', values, key: `acute-waiting ${referral.id} ${referral.version}` });
  }

  private async toStaff<T extends Template>(tx: Tx, referral: OpenReferral, to: Staff, said: Said<T>): Promise<void> {
    const about = { staffId: to.id, referralId: referral.id, ...(referral.caseId ? { caseId: referral.caseId } : {}) };
    await this.say(tx, { name: to.name, email: to.email, phone: to.phone }, { ...about, ...said });
  }

  private async toReferrer<T extends Template>(tx: Tx, referral: OpenReferral, said: Said<T>): Promise<void> {
    const { safeHours, ...to } = await this.referrers.ways(tx, referral);
    await this.say(tx, to, { referralId: referral.id, safeHours, ...said });
  }

  /** By both ways that there are: a text message is read sooner, a mail says more. */
  private async say<T extends Template>(tx: Tx, to: Ways, message: Omit<NewMessage<T>, 'channel' | 'to'>): Promise<void> {
    const { name, email, phone, language } = to;
    const person = { name, ...(language ? { language } : {}) };
    if (email) await this.messages.queue(tx, { ...message, channel: 'mail', to: { ...person, address: email }, urgent: true });
    if (!phone || !MOBILE.test(phone) || !this.messages.canText) return;
    await this.messages.queue(tx, { ...message, channel: 'sms', to: { ...person, address: phone }, urgent: true, key: `${message.key} sms` });
  }
}

interface Ways {
  name: string;
  email: string | null;
  phone: string | null;
  language?: string;
}

interface Said<T extends Template> {
  template: T;
  values: TemplateValues[T];
  key: string;
}

const receivedAt = ({ receivedAt: at, createdAt }: OpenReferral): string => (at ?? createdAt).toISOString();
