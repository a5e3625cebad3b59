import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { CircleService } from '../circle/circle.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { render, type TemplateValues } from '../messages/templates.rules.js';
import { OrganisationsService } from '../people/organisations.service.js';
import { StaffService, type Staff } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { textsFor } from '../texts/texts.js';
import type { Director } from './directors.dto.js';
import type { OpenedObstacle } from './obstacle-answers.service.js';

interface Of {
  days: number;
  key: string;
}

/** What is said when something stands long: to staff that it does, to main persons that there is a text, to a director the text. */
@Injectable()
export class EscalationMessages {
  constructor(
    private readonly messages: MessagesService,
    private readonly circle: CircleService,
    private readonly staff: StaffService,
    private readonly organisations: OrganisationsService,
    private readonly publicUrl: PublicUrl,
  ) {}

  async toFacilitator(tx: Tx, theCase: CaseEntity, of: Of): Promise<void> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    if (facilitator) await this.toStaff(tx, theCase, facilitator, { ...of, forLead: false });
  }

  async toLeads(tx: Tx, theCase: CaseEntity, of: Of): Promise<void> {
    const leads = (await this.staff.all(tx)).filter(({ roles }) => roles.includes('lead'));
    for (const lead of leads) await this.toStaff(tx, theCase, lead, { ...of, forLead: true });
  }

  /** There is a text to read; once per `key`. */
  async toMainPersons(tx: Tx, theCase: CaseEntity, key: string): Promise<void> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    for (const member of await this.circle.mainPersons(tx, theCase.id)) {
      const { channel, to, otherwise, textTo, memberId, linkMakesKnown, safeHours } = this.circle.recipient(member);
      await this.messages.queue(tx, {
        channel, to, otherwise, textTo, memberId, linkMakesKnown, safeHours,
        template: 'director-text',
        caseId: theCase.id,
        values: { facilitator: facilitator?.name, phone: facilitator?.phone },
        key: `director-text ${key} ${member.id}`,
      });
    }
  }

  /** The mail itself: the same words that the main persons read. */
  async toDirector(tx: Tx, theCase: CaseEntity, { name, email }: Director, obstacle: OpenedObstacle): Promise<void> {
    await this.messages.queue(tx, {
      template: 'obstacle-director',
      channel: 'mail',
      to: { address: email, name },
      values: await this.values(tx, obstacle),
      caseId: theCase.id,
      key: `obstacle-director ${obstacle.id} ${obstacle.openSince.toISOString()} ${obstacle.version}`,
    });
  }

  /** What the mail is filled with: nothing of anybody of the circle. */
  async values(tx: Tx, { facilitatorId, organisation, category, openSince }: OpenedObstacle): Promise<TemplateValues['obstacle-director']> {
    const facilitator = await this.staff.find(tx, facilitatorId);
    return {
      facilitator: facilitator?.name,
      phone: facilitator?.phone,
      movers: organisation ?? '',
      what: textsFor('nl').obstacles.categories[category],
      since: openSince.toISOString(),
    };
  }

  /** The mail as it would go now. */
  async shown(tx: Tx, { name }: Director, obstacle: OpenedObstacle): Promise<{ subject: string; text: string }> {
    const { name: organisation, phone } = await this.organisations.of(tx);
    const about = { organisation, phone, site: this.publicUrl.base, link: null, linkEndsAt: null, hasCalendar: false };
    const { subject, text } = render('obstacle-director', { name, language: 'nl', values: await this.values(tx, obstacle) }, about);
    return { subject, text };
  }

  private async toStaff(tx: Tx, theCase: CaseEntity, to: Staff, { days, forLead, key }: Of & { forLead: boolean }): Promise<void> {
    if (!to.email) return;
    const url = this.publicUrl.to(forLead ? '/leiding/belemmeringen' : `/werk/trajecten/${theCase.reference}/belemmeringen`);
    await this.messages.queue(tx, {
      template: 'obstacle-open',
      channel: 'mail',
      to: { address: to.email, name: to.name },
      values: { reference: theCase.reference, days, forLead, url },
      staffId: to.id,
      caseId: theCase.id,
      key: `obstacle-open ${key} ${to.id}`,
    });
  }
}
