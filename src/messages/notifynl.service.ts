import { createHmac } from 'node:crypto';
import type { SmsGateway } from '../platform/config/sms.js';
import { SendingFailed } from './messages.errors.js';
import { SmsTransport, type OutgoingSms } from './transports.service.js';

/** One call takes no longer than this; what became of it is then asked before it is sent again. */
const CALL_TIMEOUT_MS = 15_000;

const FAILED: ReadonlySet<unknown> = new Set(['permanent-failure', 'temporary-failure', 'technical-failure']);

/**
 * Text messages over NotifyNL (https://docs.notifynl.nl, the API of GOV.UK Notify). The message's id is the reference there: what
 * was tried before is looked up by it, so that a lost answer is no second message.
 */
export class NotifyNlSmsTransport extends SmsTransport {
  readonly available = true;

  constructor(
    private readonly gateway: SmsGateway,
    private readonly timeoutMs = CALL_TIMEOUT_MS,
  ) {
    super();
  }

  async send({ id, to, text, repeated, sentAt }: OutgoingSms): Promise<void> {
    if (repeated && (await this.wasTaken(id, sentAt))) return;
    const body = JSON.stringify({
      phone_number: to,
      template_id: this.gateway.templateId,
      personalisation: { bericht: text },
      reference: id,
    });
    const answer = await this.call('/v2/notifications/sms', sentAt, { method: 'POST', body });
    if (answer.status === 201) return;
    throw await refusal(answer);
  }

  private async wasTaken(id: string, at: Date): Promise<boolean> {
    const answer = await this.call(`/v2/notifications?template_type=sms&reference=${encodeURIComponent(id)}`, at, { method: 'GET' });
    // Without an answer to this nothing is sent: rather late than twice.
    if (!answer.ok) throw await refusal(answer);
    const { notifications } = (await read(answer)) as { notifications?: { reference?: unknown; status?: unknown }[] };
    if (!Array.isArray(notifications)) throw new SendingFailed('sms-answer', false, 'unknown-outcome');
    return notifications.some(({ reference, status }) => reference === id && !FAILED.has(status));
  }

  private async call(path: string, at: Date, request: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.gateway.base}${path}`, {
        ...request,
        headers: { Authorization: `Bearer ${token(this.gateway, at)}`, 'Content-Type': 'application/json' },
        // The key goes to the address of the settings and to no other.
        redirect: 'error',
        signal: AbortSignal.timeout(this.timeoutMs),
      });
    } catch (error) {
      const late = (error as Error).name === 'TimeoutError';
      throw new SendingFailed(late ? 'sms-timeout' : 'sms-line', false, 'unknown-outcome');
    }
  }
}

/** A signed token of this moment; HS256 is one HMAC, which needs no library beside Node's own. */
function token({ serviceId, secret }: SmsGateway, at: Date): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part({ iss: serviceId, iat: Math.floor(at.getTime() / 1000) })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const TOO_MANY = 429;

/** Too much and broken over there pass; every other no is about this message or about our key, and comes again. */
async function refusal(answer: Response): Promise<SendingFailed> {
  const { status } = answer;
  const { errors } = (await read(answer)) as { errors?: { message?: unknown }[] };
  const aboutNumber = Array.isArray(errors) && errors.some(({ message }) => typeof message === 'string' && message.startsWith('phone_number'));
  if (status === 400 && aboutNumber) return new SendingFailed('sms-number', true, 'bad-address');
  const permanent = status >= 400 && status < 500 && status !== TOO_MANY;
  return new SendingFailed(`sms-${status}`, permanent, status >= 500 ? 'unknown-outcome' : null);
}

async function read(answer: Response): Promise<unknown> {
  try {
    return ((await answer.json()) as unknown) ?? {};
  } catch {
    return {};
  }
}
