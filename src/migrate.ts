import { readSettings } from './platform/config/settings.js';
import { migrate } from './platform/database/migrate.js';
import { runProcess } from './platform/process.js';

// Brings a database of one's own up to date and ends: the first step of every roll-out.
await runProcess(async () => {
  const read = readSettings(process.env, 'migrate');
  const { databaseUrl, databaseOwnerUrl, databaseClerkUrl, masterKey } = read;
  await migrate(databaseOwnerUrl!, { appUrl: databaseUrl!, clerkUrl: databaseClerkUrl! });
  console.log('The database is up to date.');
  if (masterKey === null) return;
  // The web process has no owner's connection where this step has run: what the first start makes is made here.
  const [{ createApp }, { ensureOrganisation, whoMaySignIn }] = await Promise.all([
    import('./app.js'),
    import('./demo/first-start.js'),
  ]);
  const settings = { ...read, databaseUrl: databaseUrl!, masterKey };
  for (const line of whoMaySignIn(settings, await ensureOrganisation(settings, createApp))) console.log(line);
});
