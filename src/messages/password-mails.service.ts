import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PasswordsService } from '../people/passwords.service.js';
import type { PasswordLink, PasswordLinkPort } from '../people/people.events.js';
import type { Staff } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { newId } from '../platform/ids.js';
import { MessagesService } from './messages.service.js';

/** Brings links to choose a password to those who work here. */
@Injectable()
export class PasswordMails implements OnModuleInit, PasswordLinkPort {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly messages: MessagesService,
  ) {}

  onModuleInit(): void {
    this.passwords.onLink(this);
  }

  async bring(tx: Tx, { id, name, email }: Pick<Staff, 'id' | 'name' | 'email'>, { token, expiresAt, why }: PasswordLink): Promise<string> {
    return this.messages.queue(tx, {
      template: 'password-link',
      channel: 'mail',
      to: { address: email, name },
      values: { token, expiresAt: expiresAt.toISOString(), why },
      staffId: id,
      askedFor: true,
      key: `password-link ${newId(tx.now)}`,
    });
  }
}
