import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Access } from '../platform/http/access.js';
import { InjectSettings } from '../platform/config/token.js';
import type { Settings } from '../platform/config/settings.js';
import { notFound } from '../platform/http/problem.js';
import { renderPage } from '../web/page.js';
import { mailboxPage } from './mailbox.pages.js';
import { MailboxService, type MailboxItem } from './mailbox.service.js';
import { hasLocalMailbox } from './transports.service.js';

/** What would have been mailed, for trying out. Not there in production, nor with a mail server. */
@ApiExcludeController()
@Controller('dev')
export class MailboxController {
  constructor(
    private readonly mailbox: MailboxService,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** All messages of all organisations, newest first. */
  @Get('mailbox.json')
  @Access({ roles: ['anonymous'] })
  @Header('Cache-Control', 'no-store')
  async json(): Promise<MailboxItem[]> {
    return this.items();
  }

  /** The same as a page. */
  @Get('mailbox')
  @Access({ roles: ['anonymous'] })
  @Header('Cache-Control', 'no-store')
  @Header('Content-Type', 'text/html; charset=utf-8')
  async html(): Promise<string> {
    return renderPage(mailboxPage(await this.items()));
  }

  private async items(): Promise<MailboxItem[]> {
    if (!hasLocalMailbox(this.settings)) throw notFound();
    return this.mailbox.list();
  }
}
