import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it does with the next text message: takes it, answers with a status, drops the line before or after taking it, or is silent. */
export type GatewayMood = 'takes' | 'drops' | 'takes-and-drops' | 'silent' | number;

interface Taken {
  id: string;
  reference: string | null;
  phone_number: string;
  personalisation: { bericht: string };
  status: string;
}

const SERVICE = '26785a09-ab16-4eb0-8407-a37497a57506';
const SECRET = '3d844edf-8d35-48ac-975b-e847b4f122b0';
const TEMPLATE = 'f33517ff-2a88-4f6e-b855-c550268ce08a';

/** A gateway of one's own that speaks like NotifyNL: checks the token and the body as it does, and keeps what it took. */
export class SmsOffice {
  readonly taken: Taken[] = [];
  moods: GatewayMood[] = [];
  posts = 0;
  lookups = 0;
  /** Seconds since 1970 on the clock over there; a token may be half a minute off. */
  now: () => number = () => Math.floor(Date.now() / 1000);

  private constructor(private readonly server: Server) {}

  static async open(): Promise<SmsOffice> {
    const server = createServer((request, response) => void office.answer(request, response));
    const office = new SmsOffice(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return office;
  }

  /** As it stands in SMS_URL. */
  get url(): string {
    return `notifynl+http://test-key-${SERVICE}-${SECRET}@127.0.0.1:${(this.server.address() as AddressInfo).port}/?template=${TEMPLATE}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const say = (status: number, body: object): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    const refuse = (status: number, error: string, message: string): void => say(status, { status_code: status, errors: [{ error, message }] });
    if (!this.isSigned(request.headers.authorization)) return refuse(403, 'AuthError', 'Invalid token: signature, api token not found');
    const url = new URL(request.url!, 'http://gateway');
    if (request.method === 'GET' && url.pathname === '/v2/notifications') {
      this.lookups++;
      const reference = url.searchParams.get('reference');
      return say(200, { notifications: this.taken.filter((one) => one.reference === reference), links: {} });
    }
    if (request.method !== 'POST' || url.pathname !== '/v2/notifications/sms') return refuse(404, 'NotFound', 'Not found');
    this.posts++;
    const mood = this.moods.shift() ?? 'takes';
    if (mood === 'silent') return;
    if (mood === 'drops') return void request.socket.destroy();
    if (typeof mood === 'number') return refuse(mood, 'Error', `refused with ${mood}`);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Omit<Taken, 'id' | 'status'> & { template_id: string };
    if (!/^\+[1-9]\d{6,14}$/.test(body.phone_number)) return refuse(400, 'ValidationError', 'phone_number Not enough digits');
    if (body.template_id !== TEMPLATE) return refuse(400, 'BadRequestError', 'Template not found');
    if (!body.personalisation?.bericht) return refuse(400, 'BadRequestError', 'Missing personalisation: bericht');
    const id = randomUUID();
    this.taken.push({ ...body, id, status: 'sending' });
    if (mood === 'takes-and-drops') return void request.socket.destroy();
    say(201, { id, reference: body.reference, content: { body: body.personalisation.bericht } });
  }

  private isSigned(header: string | undefined): boolean {
    const [head, claims, signature] = (/^Bearer (\S+)$/.exec(header ?? '')?.[1] ?? '').split('.');
    const right = createHmac('sha256', SECRET).update(`${head}.${claims}`).digest('base64url');
    if (!claims || signature !== right) return false;
    const { iss, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string; iat: number };
    return iss === SERVICE && Math.abs(this.now() - iat) <= 30;
  }
}
