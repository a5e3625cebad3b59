import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Vault } from '../platform/vault/vault.js';
import { organisationKey } from './obstacles.rules.js';

/** How organisations are compared without their names in the database. */
@Injectable()
export class ObstacleKeys {
  constructor(private readonly vault: Vault) {}

  /** Equal within one tenant, however the name was written. */
  of(tx: Tx, organisation: string): Promise<Buffer> {
    return this.vault.lookup(tx.organisationId, 'organisation', organisationKey(organisation));
  }
}
