import { Global, Module } from '@nestjs/common';
import { SETTINGS_TOKEN } from '../platform/config/token.js';
import type { Settings } from '../platform/config/settings.js';
import { ClaimsService } from './claims.service.js';
import { MailboxController } from './mailbox.controller.js';
import { LocalMailTransport, LocalSmsTransport, MailboxService } from './mailbox.service.js';
import { FirstContactService } from './first-contact.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesJobs } from './messages.jobs.js';
import { MessagesService } from './messages.service.js';
import { NotifyNlSmsTransport } from './notifynl.service.js';
import { PasswordMails } from './password-mails.service.js';
import { RetriesService } from './retries.service.js';
import { ReturnsController } from './returns.controller.js';
import { ReturnsService } from './returns.service.js';
import { SmtpMailTransport } from './smtp.service.js';
import { hasLocalMailbox, MailTransport, NoSmsTransport, SmsTransport } from './transports.service.js';
import { UndeliveredService } from './undelivered.service.js';

/** Everything that is said to people: the log, the texts' way out, and the channels that the settings choose. */
@Global()
@Module({
  controllers: [MessagesController, ReturnsController, MailboxController],
  providers: [
    MessagesService,
    ClaimsService,
    MessagesJobs,
    FirstContactService,
    MailboxService,
    PasswordMails,
    UndeliveredService,
    RetriesService,
    ReturnsService,
    {
      provide: MailTransport,
      inject: [SETTINGS_TOKEN, MailboxService],
      useFactory: (settings: Settings, mailbox: MailboxService): MailTransport =>
        hasLocalMailbox(settings) ? new LocalMailTransport(mailbox) : new SmtpMailTransport(settings.smtpUrl!),
    },
    {
      provide: SmsTransport,
      inject: [SETTINGS_TOKEN, MailboxService],
      useFactory: (settings: Settings, mailbox: MailboxService): SmsTransport => {
        if (settings.smsUrl) return new NotifyNlSmsTransport(settings.smsUrl);
        return hasLocalMailbox(settings) ? new LocalSmsTransport(mailbox) : new NoSmsTransport();
      },
    },
  ],
  exports: [FirstContactService, MessagesService, RetriesService, UndeliveredService],
})
export class MessagesModule {}
