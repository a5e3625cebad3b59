import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from './platform/config/refusal.js';
import { readSettings } from './platform/config/settings.js';
import { runProcess } from './platform/process.js';

const USE = 'npm run person-data -- <organisation slug> <member id> <folder>';
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// Writes everything that is held about one person as JSON and as a page, also beside a running service.
await runProcess(async (stopping) => {
  const [slug, memberId, folder] = process.argv.slice(2);
  if (!slug || !memberId || !folder) throw new Refusal(`Say of whom, and where to: ${USE}`);
  if (!ID.test(memberId)) throw new Refusal(`${memberId} is no id of a person: it is in the address of their call. ${USE}`);
  const { openDatabase } = await import('./platform/database/open.js');
  const settings = await openDatabase(readSettings(process.env, 'web'), stopping, { share: true });

  const { createApp } = await import('./app.js');
  const { OrganisationsService } = await import('./people/organisations.service.js');
  const { systemContext } = await import('./platform/actor.js');
  const { Problem } = await import('./platform/http/problem.js');
  const { PersonDataService } = await import('./privacy/person-data.service.js');
  const { PersonDataDocument } = await import('./privacy/person-data.pages.js');
  const { renderPage } = await import('./web/page.js');
  const app = await createApp(settings);
  stopping.add(() => app.close());
  await app.init();
  const organisation = (await app.get(OrganisationsService).all()).find((one) => one.slug === slug);
  if (!organisation) throw new Refusal(`There is no organisation ${slug}.`);
  const ctx = systemContext(organisation.id, 'person-data');
  const data = await app
    .get(PersonDataService, { strict: false })
    .export(ctx, memberId.toLowerCase())
    .catch((error: unknown) => {
      throw error instanceof Problem && error.status === 404 ? new Refusal(`There is no person ${memberId} in ${slug}.`) : error;
    });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text, { mode: 0o600 });
  await write(`${data.memberId}.json`, `${JSON.stringify(data, null, 2)}\n`);
  await write(`${data.memberId}.html`, renderPage(PersonDataDocument({ data })));
  await app.close();
  console.log(`Wrote ${data.memberId}.json and ${data.memberId}.html in ${folder}`);
});
