import { readSettings } from './platform/config/settings.js';
import { migrate } from './platform/database/migrate.js';
import { runProcess } from './platform/process.js';

// Brings a database of one's own up to date and ends: the first step of every roll-out.
await runProcess(async () => {
  const { databaseUrl, databaseOwnerUrl, databaseClerkUrl } = readSettings(process.env, 'migrate');
  await migrate(databaseOwnerUrl!, { appUrl: databaseUrl!, clerkUrl: databaseClerkUrl! });
  console.log('The database is up to date.');
});
