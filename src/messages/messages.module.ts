import { Global, Module } from '@nestjs/common';
import { SETTINGS_TOKEN } from '../platform/config/token.js';
import type { Settings } from '../platform/config/settings.js';
import { MailboxController } from './mailbox.controller.js';
import { LocalMailTransport, LocalSmsTransport, MailboxService } from './mailbox.service.js';
import { FirstContactService } from './first-contact.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesJobs } from './messages.jobs.js';
import { MessagesService } from './messages.service.js';
import { PasswordMails } from './password-mails.service.js';
import { SmtpMailTransport } from './smtp.service.js';
import { hasLocalMailbox, MailTransport, NoSmsTransport, SmsTransport } from './transports.service.js';

/** Everything that is said to people: the log, the texts' way out, and the channels that the settings choose. */
@Global()
@Module({
  controllers: [MessagesController, MailboxController],
  providers: [
    MessagesService,
    MessagesJobs,
    FirstContactService,
    MailboxService,
    PasswordMails,
    {
      provide: MailTransport,
      inject: [SETTINGS_TOKEN, MailboxService],
      useFactory: (settings: Settings, mailbox: MailboxService): MailTransport =>
        hasLocalMailbox(settings) ? new LocalMailTransport(mailbox) : new SmtpMailTransport(settings.smtpUrl!),
    },
    {
      provide: SmsTransport,
      inject: [SETTINGS_TOKEN, MailboxService],
      useFactory: (settings: Settings, mailbox: MailboxService): SmsTransport =>
        hasLocalMailbox(settings) ? new LocalSmsTransport(mailbox) : new NoSmsTransport(),
    },
  ],
  exports: [FirstContactService, MessagesService],
})
export class MessagesModule {}
