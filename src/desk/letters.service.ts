import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { SealedMember } from '../circle/circle.service.js';
import { NoticesService } from '../circle/notices.service.js';
import type { MessageState } from '../messages/messages.rules.js';
import { said, type MailParts, type MessageContent, type Template } from '../messages/templates.rules.js';
import { OrganisationsService } from '../people/organisations.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound, stateConflict } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { ZONE } from '../platform/local-day.js';
import { Vault } from '../platform/vault/vault.js';
import { circleTextsFor, messageLanguage } from '../texts/message-languages.js';
import type { FirstNotice } from '../texts/nl/messages.js';
import type { Letter } from './letters.dto.js';
import { LETTER } from './letters.queries.js';
import { addressLines, canBeSaid, toTick } from './letters.rules.js';

interface LetterRow {
  id: string;
  template: Template;
  state: MessageState;
  sealed: Buffer | null;
  caseId: string;
  reference: string;
  memberId: string;
  name: string;
  person: Buffer;
}

/** Messages that go by hand: as a letter to print, and in a few sentences to say. */
@Injectable()
export class LettersService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly organisations: OrganisationsService,
    private readonly notices: NoticesService,
    private readonly publicUrl: PublicUrl,
    private readonly audit: AuditService,
  ) {}

  /**
   * The letter in place of a message that is a task by hand, for the facilitator of its case, with its case's number. 404 for
   * everyone else; 409 when it is no task any more, when what it said is gone, and for what is secret.
   */
  async letter(ctx: Ctx, messageId: string): Promise<Letter & { reference: string }> {
    return this.database.run(ctx, async (tx) => {
      const { organisationId } = tx;
      const [row] = await named<LetterRow>(tx, LETTER, [organisationId, messageId, actorId(ctx.actor)]);
      if (!row) throw notFound();
      if (row.state !== 'by-hand' || !row.sealed) throw stateConflict(row.state, [], 'letter-not-open');
      const content = await this.content(tx, messageId, row.sealed);
      if (content.forgotten) throw stateConflict(row.state, ['done-by-hand'], 'message-forgotten');
      if (!canBeSaid(row.template)) throw stateConflict(row.state, ['done-by-hand'], 'letter-of-secret');
      const language = messageLanguage(content.language);
      const owed = (await this.notices.owed(tx, [row.memberId])).has(row.memberId);
      const first = owed ? await this.notices.words(tx, row.memberId, language) : null;
      const parts = await this.parts(tx, row.template, content, first);
      const place = { organisationId, table: 'circle_members', id: row.memberId };
      const { address } = await this.vault.open<SealedMember>(place, row.person);
      const object = { kind: 'message', id: messageId };
      await this.audit.record(tx, { action: 'messages.letter-read', object, caseId: row.caseId });
      const { direction, subject, hello, say, quote, after, call, greetings, signed, notice } = parts;
      return {
        messageId,
        template: row.template,
        language,
        direction,
        to: [row.name, ...addressLines(address)],
        date: new Intl.DateTimeFormat(language === 'ar' ? 'ar-u-nu-latn' : language, { dateStyle: 'long', timeZone: ZONE }).format(tx.now),
        subject,
        hello,
        say,
        ...toTick(row.template, parts, circleTextsFor(language).layout.letter),
        quote,
        after,
        call: call?.text ?? null,
        signed: [greetings, ...signed],
        notice,
        reference: row.reference,
      };
    });
  }

  /** What to say to somebody in place of a message, in Dutch; null when nobody knows any more, or when it is secret. */
  async toSay(tx: Tx, { id, template, said: sealed }: { id: string; template: Template; said: Buffer | null }): Promise<string[] | null> {
    const content = sealed && canBeSaid(template) ? await this.content(tx, id, sealed) : null;
    if (!content || content.forgotten) return null;
    const { say, facts, quote } = await this.parts(tx, template, { ...content, language: 'nl' }, null);
    return [...say, ...facts.map(([label, value]) => `${label}: ${value}`), ...(quote ? [quote] : [])];
  }

  private content(tx: Tx, id: string, sealed: Buffer): Promise<MessageContent> {
    return this.vault.open<MessageContent>({ organisationId: tx.organisationId, table: 'messages', id }, sealed);
  }

  private async parts(tx: Tx, template: Template, content: MessageContent, first: FirstNotice | null): Promise<MailParts> {
    const { name, phone } = await this.organisations.of(tx);
    const about = { organisation: name, phone, first, link: null, linkEndsAt: null, site: this.publicUrl.base, hasCalendar: false };
    return said(template, content, about).parts;
  }
}
