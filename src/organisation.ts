import { addFirstAdmin } from './demo/accounts.js';
import { UNFINISHED } from './demo/installation.js';
import { Refusal } from './platform/config/refusal.js';
import { readSettings } from './platform/config/settings.js';
import { runProcess, type Stopping } from './platform/process.js';

const USE = 'npm run organisation -- add <slug> [name]';
const SLUG = /^[a-z][a-z0-9-]{1,62}$/;

// Adds an organisation with a first admin, also beside a running service: npm run organisation -- add <slug> [name]
await runProcess(async (stopping) => {
  const { slug, name } = wanted(process.argv.slice(2));
  const undo: Parameters<Stopping['add']>[0][] = [];
  const opened: Stopping = {
    add: (one) => {
      undo.push(one);
      stopping.add(one);
    },
  };
  const { openDatabase } = await import('./platform/database/open.js');
  const settings = await openDatabase(readSettings(process.env, 'web'), opened, { share: true });
  const ownerUrl = settings.databaseOwnerUrl;
  if (ownerUrl === null) throw new Refusal('Adding an organisation needs DATABASE_OWNER_URL (and DATABASE_CLERK_URL): set them.');

  const { createApp } = await import('./app.js');
  const { OrganisationsService } = await import('./people/organisations.service.js');
  const app = await createApp(settings);
  opened.add(() => app.close());
  await app.init();
  const organisations = app.get(OrganisationsService);
  const known = await organisations.all();
  if (known.some((one) => one.slug === slug)) throw new Refusal(`There is an organisation ${slug} already: choose another slug.`);
  const organisationId = await organisations.add(ownerUrl, { slug, name });
  const { email, password } = await addFirstAdmin(app, organisationId, slug);
  for (let one = undo.pop(); one; one = undo.pop()) await one();
  console.log(`Added ${slug}. First account: ${email} with password ${password} (said only now: keep it)`);
});

function wanted([command, slug, ...words]: string[]): { slug: string; name: string } {
  if (command !== 'add' || slug === undefined) throw new Refusal(`Say what to add: ${USE}`);
  if (!SLUG.test(slug) || slug === UNFINISHED) {
    throw new Refusal(`${slug} is no slug: use 2 to 63 of a-z, 0-9 and -, a letter first: ${USE}`);
  }
  return { slug, name: words.join(' ') || slug };
}
