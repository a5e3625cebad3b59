import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What the server does with the next mail: takes it, answers with this code, or drops the line after the last dot. */
export type Mood = 'takes' | 'drops' | number;

/** A real mail server of one's own. */
export class PostOffice {
  readonly received: (ParsedMail & { envelope: { from: string; to: string[] }; raw: string })[] = [];
  /** Message-IDs of every try, also of those that it refused. */
  readonly tried: string[] = [];
  /** What it does with the coming mails, one after another; then it takes everything. */
  moods: Mood[] = [];
  /** What it says to these recipients, before it sees the mail: `550 5.1.1 …`. */
  readonly refusing = new Map<string, string>();
  /** Mails to these addresses are held until the gate opens. */
  readonly held = new Map<string, Promise<void>>();
  private readonly sockets = new Map<string, Socket>();

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<PostOffice> {
    const server: SMTPServer = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onRcptTo: ({ address }, _session, done) => {
        const said = office.refusing.get(address);
        done(said ? Object.assign(new Error(said.slice(4)), { responseCode: Number(said.slice(0, 3)) }) : null);
      },
      onData: (stream, session, done) => void office.take(stream, session, done),
    });
    const office = new PostOffice(server);
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      const port = String(socket.remotePort);
      office.sockets.set(port, socket);
      socket.on('close', () => office.sockets.delete(port));
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return office;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async take(
    stream: NodeJS.ReadableStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const mail = await simpleParser(raw);
    const to = session.envelope.rcptTo.map(({ address }) => address);
    this.tried.push(mail.messageId ?? '');
    await this.held.get(to[0] ?? '');
    const mood = this.moods.shift() ?? 'takes';
    if (mood === 'drops') {
      this.sockets.get(String((session as unknown as { remotePort: number }).remotePort))?.destroy();
      return;
    }
    if (mood !== 'takes') {
      done(Object.assign(new Error(`no mail for ${to[0]} today`), { responseCode: mood }));
      return;
    }
    const { mailFrom } = session.envelope;
    this.received.push({ ...mail, envelope: { from: mailFrom ? mailFrom.address : '', to }, raw: raw.toString() });
    done();
  }
}
