import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Clock } from '../platform/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { Access } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** RFC 9116 wants a date within a year. */
const VALID_DAYS = 180;

/** `/.well-known/security.txt` (RFC 9116): to whom a weakness is reported; 404 until SECURITY_CONTACT is set. */
@ApiExcludeController()
@Controller('.well-known')
export class SecurityContactController {
  constructor(
    @InjectSettings() private readonly settings: Settings,
    private readonly publicUrl: PublicUrl,
    private readonly clock: Clock,
  ) {}

  @Get('security.txt')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Access({ roles: ['anonymous'] })
  show(): string {
    const { securityContact } = this.settings;
    if (!securityContact) throw notFound();
    const expires = new Date(this.clock.now().getTime() + VALID_DAYS * DAY_MS).toISOString();
    const canonical = this.publicUrl.to('/.well-known/security.txt');
    return `Contact: ${securityContact}\nExpires: ${expires}\nPreferred-Languages: nl, en\nCanonical: ${canonical}\n`;
  }
}
