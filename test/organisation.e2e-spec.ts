import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SessionsService } from '../src/people/sessions.service.js';
import { startApp, type TestApp } from './support/app.js';

const run = promisify(execFile);

let test: TestApp;
beforeEach(async () => {
  test = await startApp();
});
afterEach(() => test.stop());

interface Ended {
  stdout: string;
  stderr: string;
  code?: number;
}

/** The command as a person gives it, on the database of a service that runs. */
async function organisation(...words: string[]): Promise<Ended> {
  const { appUrl, ownerUrl, clerkUrl } = test.database;
  const { PATH = '', HOME = '' } = process.env;
  const database = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, DATABASE_CLERK_URL: clerkUrl };
  const env = { PATH, HOME, LOG_LEVEL: 'warn', MASTER_KEY: test.settings.masterKey.toString('base64'), ...database };
  const command = ['--import', './test/support/typescript.mjs', 'src/organisation.ts', ...words];
  return run(process.execPath, command, { env }).catch((failed: Ended) => failed);
}

it('an organisation is added beside a running service, and its admin signs in with the password that is said once', async () => {
  const { stdout, stderr } = await organisation('add', 'west', 'Netwerkberaad', 'West');
  expect(stderr).toBe('');
  const [, email, password] = /^Added west\. First account: (\S+) with password (\S+) /.exec(stdout)!;
  const session = await test.app.get(SessionsService).signIn({ address: 'test', requestId: 'test' }, email!, password!);
  expect(session.user.roles).toEqual(['admin']);
});

it('a name that is taken, a slug that is none, and no slug are refused in one line', async () => {
  const taken = await organisation('add', 'noord');
  expect(taken).toMatchObject({ code: 1, stderr: 'There is an organisation noord already: choose another slug.\n' });
  const none = await organisation('add', 'Te Groot');
  expect(none).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Te Groot is no slug: .*\n$/) as string });
  expect(await organisation()).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Say what to add: .*\n$/) as string });
});
