import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What the sink has taken since it was last asked to begin anew. */
export interface Taken {
  mails: number;
  people: number;
  /** When the last one came, in milliseconds since 1970. */
  lastAt: number;
}

/** A mail server that takes everything and keeps nothing, in a process of its own. Asked `begin` or `taken` it says what it took. */
const people = new Set<string>();
let mails = 0;
let lastAt = 0;

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  maxClients: 100,
  onData: (stream, session, done) => {
    stream.on('end', () => {
      mails += 1;
      people.add(session.envelope.rcptTo[0]?.address ?? '');
      lastAt = performance.timeOrigin + performance.now();
      done();
    });
    stream.resume();
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.server.address() as AddressInfo).port }));

process.on('message', (asked: 'begin' | 'taken') => {
  if (asked === 'begin') {
    people.clear();
    mails = lastAt = 0;
  }
  process.send!({ mails, people: people.size, lastAt } satisfies Taken);
});
