import { createReadStream } from 'node:fs';
import { appendFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Injectable } from '@nestjs/common';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { isLater, type KnownDigest } from './seals.rules.js';

/** One line of a digest file. */
export interface DigestLine extends KnownDigest {
  organisation: string;
  at: string;
}

export interface Tenant {
  id: string;
  slug: string;
}

/**
 * The newest digests outside the database: a file per organisation in AUDIT_DIGEST_DIR, one line per seal, only ever added
 * to. On another host it proves what someone with every right on the database and its server has taken away.
 */
@Injectable()
export class DigestsService {
  private readonly made = new Set<string>();

  constructor(@InjectSettings() private readonly settings: Settings) {}

  fileOf({ slug }: Tenant): string {
    return join(this.settings.auditDigestDir, `${slug}.jsonl`);
  }

  async append(tenant: Tenant, line: Omit<DigestLine, 'organisation'>): Promise<void> {
    const { auditDigestDir } = this.settings;
    if (!this.made.has(auditDigestDir)) {
      await mkdir(auditDigestDir, { recursive: true, mode: 0o700 });
      this.made.add(auditDigestDir);
    }
    await appendFile(this.fileOf(tenant), `${JSON.stringify({ organisation: tenant.id, ...line })}\n`, { mode: 0o600 });
  }

  /** How many bytes the file has now; 0 when there is none. */
  async size(tenant: Tenant): Promise<number> {
    return (await stat(this.fileOf(tenant)).catch(() => null))?.size ?? 0;
  }

  /** The lines of this organisation in the order of the file, each with its number, up to a size that it had before. */
  async *lines(tenant: Tenant, bytes?: number): AsyncGenerator<{ line: DigestLine | null; at: number }> {
    const size = bytes ?? (await this.size(tenant));
    if (size === 0) return;
    let at = 0;
    for await (const text of createInterface({ input: createReadStream(this.fileOf(tenant), { end: size - 1 }), crlfDelay: Infinity })) {
      at += 1;
      if (text === '') continue;
      const line = parsed(text);
      // Another organisation may have had this name before.
      if (!line || line.organisation === tenant.id) yield { line, at };
    }
  }

  /** The newest digest that the file holds, or null. */
  async newest(tenant: Tenant): Promise<DigestLine | null> {
    let newest: DigestLine | null = null;
    for await (const { line } of this.lines(tenant)) if (line && isLater(line, newest)) newest = line;
    return newest;
  }
}

function parsed(text: string): DigestLine | null {
  try {
    const line = JSON.parse(text) as DigestLine;
    return Number.isInteger(line.epoch) && Number.isInteger(line.number) && /^[0-9a-f]{64}$/.test(line.digest) ? line : null;
  } catch {
    return null;
  }
}
