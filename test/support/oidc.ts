import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OidcSettings } from '../../src/platform/config/oidc.js';

/** What the provider knows of somebody: claims by their subject. */
export type Accounts = Record<string, Record<string, unknown>>;

export interface OidcProvider {
  readonly issuer: string;
  readonly child: ChildProcess;
  /** What it says from now on. `wrong`: claims that replace those of its ID tokens, numbers as seconds from now. */
  tell(what: { accounts?: Accounts; wrong?: Record<string, unknown> | null; idTokenSeconds?: number }): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A provider on this port that sends people back to `publicUrl`; its process begins with `start`. */
export function anOidcProvider(port: number, publicUrl: string): OidcProvider {
  const issuer = `http://localhost:${port}`;
  let child: ChildProcess;
  return {
    issuer,
    get child() {
      return child;
    },
    async tell(what) {
      const answer = await fetch(`${issuer}/control`, { method: 'POST', body: JSON.stringify(what) });
      if (!answer.ok) throw new Error(`The provider answered ${answer.status}`);
    },
    start: () =>
      new Promise((resolve, reject) => {
        const script = fileURLToPath(new URL('./oidc-provider.mjs', import.meta.url));
        const { PATH = '' } = process.env;
        const args = ['--no-warnings', script, String(port), `${publicUrl}/inloggen/oidc/terug`, `${publicUrl}/inloggen`];
        child = spawn(process.execPath, args, { env: { PATH }, stdio: ['ignore', 'pipe', 'pipe'] });
        let said = '';
        child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
        child.stdout!.on('data', (chunk: Buffer) => chunk.toString().includes('ready') && resolve());
        child.once('close', () => reject(new Error(`The provider ended: ${said}`)));
      }),
    stop: () =>
      new Promise((resolve) => {
        if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('close', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

export const oidcSettings = (issuer: string, changes: Partial<OidcSettings> = {}): OidcSettings => ({
  issuer,
  clientId: 'netwerkberaad',
  clientSecret: 'secret of netwerkberaad',
  scopes: 'openid profile email',
  roleClaim: 'roles',
  roleMap: { leiders: ['facilitator'], hoofd: ['lead', 'analyst'], beheer: ['admin'] },
  organisation: 'noord',
  organisationClaim: null,
  ...changes,
});

/** Somebody at the provider's own pages: keeps its cookies, signs in, says yes, and ends at the address that leads back to us. */
export class AtProvider {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly issuer: string) {}

  /** Follows an authorization address as this person; gives the path and query with which the browser comes back. */
  async signIn(address: string, subject: string): Promise<string> {
    let answer = await this.go(address);
    for (let steps = 0; steps < 20; steps += 1) {
      const location = answer.headers.get('location');
      if (location) {
        const to = new URL(location, this.issuer);
        if (to.origin !== this.issuer) return to.pathname + to.search;
        answer = await this.go(to.href);
        continue;
      }
      const page = await answer.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
      if (!action) throw new Error(`No form on the provider's page: ${answer.status} ${page.slice(0, 400)}`);
      const prompt = /name="prompt" value="(\w+)"/.exec(page)![1]!;
      answer = await this.go(new URL(action, this.issuer).href, new URLSearchParams({ prompt, login: subject, password: 'x' }));
    }
    throw new Error('The provider sends us round and round');
  }

  private async go(url: string, body?: URLSearchParams): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { method: body ? 'POST' : 'GET', redirect: 'manual', headers: { cookie }, ...(body && { body }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) this.cookies.set(name!, value);
      else this.cookies.delete(name!);
    }
    return answer;
  }
}
