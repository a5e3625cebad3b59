import { OrganisationsService } from '../src/people/organisations.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import type { Tx } from '../src/platform/database/tx.js';
import { Vault } from '../src/platform/vault/vault.js';
import { startApp, type TestApp } from './support/app.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

/** As many commands at once as there are connections; each goes on only when all have theirs. */
async function everyConnection(organisationId: string, work: (tx: Tx) => Promise<unknown>): Promise<unknown[]> {
  const connections = 12;
  let begun = 0;
  let go: () => void;
  const allBegun = new Promise<void>((resolve) => (go = resolve));
  const database = test.app.get(Database);
  return Promise.all(
    Array.from({ length: connections }, () =>
      database.run(systemContext(organisationId, 'test'), async (tx) => {
        begun += 1;
        if (begun === connections) go();
        await allBegun;
        return work(tx);
      }),
    ),
  );
}

describe('a command has one connection, and never waits for a second one', () => {
  it('when it seals something for an organisation for the first time', async () => {
    const { organisationId } = await test.otherOrganisation('oost');
    const ref = { organisationId, table: 'cases', id: organisationId };
    const sealed = await everyConnection(organisationId, () => test.app.get(Vault).seal(ref, 'stil'));
    expect(await test.app.get(Vault).open(ref, sealed[0] as Buffer)).toBe('stil');
  });

  it('when it asks for the name and the number of its organisation', async () => {
    const found = await everyConnection(test.organisationId, async (tx) => (await test.app.get(OrganisationsService).of(tx)).slug);
    expect(new Set(found)).toEqual(new Set(['noord']));
  });
});
