import { SystemClock } from './platform/clock.js';
import { Refusal } from './platform/config/refusal.js';
import { readSettings } from './platform/config/settings.js';
import { connect } from './platform/database/connect.js';
import { runProcess } from './platform/process.js';

const USE = 'npm run rotate-key -- <slug>, or npm run rotate-key -- --master';

// Gives an organisation a new key beside a running service, or wraps all keys with a new MASTER_KEY. Ctrl-C stops it; the
// same command goes on from there.
await runProcess(async (stopping) => {
  const [what, ...rest] = process.argv.slice(2);
  if (what === undefined || rest.length > 0) throw new Refusal(`Say which key: ${USE}`);
  const { openDatabase } = await import('./platform/database/open.js');
  const settings = await openDatabase(readSettings(process.env, 'web'), stopping, { share: true });
  const ownerUrl = settings.databaseOwnerUrl;
  if (ownerUrl === null) throw new Refusal('Rotating a key needs DATABASE_OWNER_URL (and DATABASE_CLERK_URL): set them.');
  const [{ rewrap, rotate }, { MasterKey }] = await Promise.all([import('./platform/vault/rotation.js'), import('./platform/vault/vault.js')]);
  const master = new MasterKey(settings.masterKey, settings.masterKeyOld);
  if (what === '--master') {
    if (settings.masterKeyOld === null) throw new Refusal('Replacing the master key needs the old one too: set MASTER_KEY_OLD.');
    console.log(`The keys of ${await rewrap(ownerUrl, master)} organisations are wrapped with the new MASTER_KEY: MASTER_KEY_OLD can go.`);
  } else {
    const owner = await connect('DATABASE_OWNER_URL', ownerUrl);
    const { rows } = await owner.query<{ id: string }>('select id from people_organisations where slug = $1', [what]);
    await owner.end();
    if (!rows[0]) throw new Refusal(`There is no organisation ${what}.`);
    let stop = false;
    let ended: Promise<unknown> = Promise.resolve();
    stopping.add(async () => {
      stop = true;
      await ended;
    });
    const clock = new SystemClock(settings.clockOffsetSeconds);
    const work = rotate(rows[0].id, { ownerUrl, master, clock, stopped: () => stop, tell: (line) => console.log(`${what}: ${line}`) });
    ended = work.catch(() => undefined);
    if ((await work) === 'stopped') {
      console.log(`${what}: stopped; the same command goes on from here.`);
      return;
    }
    console.log(`${what}: done.`);
  }
  process.kill(process.pid, 'SIGTERM');
});
