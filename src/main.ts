import { openDoor } from './doorman.js';
import { readSettings } from './platform/config/settings.js';
import { runProcess } from './platform/process.js';

// The web process; with the embedded database it does the jobs as well.
await runProcess(async (stopping) => {
  const read = readSettings(process.env, 'web');
  const embedded = read.databaseUrl === null;
  const local = embedded && isLocal(read.publicUrl);
  const doorman = await openDoor(read.port, local ? '127.0.0.1' : undefined, read.publicUrl);
  stopping.add(() => doorman.leave());

  const { openDatabase } = await import('./platform/database/open.js');
  const settings = await openDatabase(read, stopping);
  const [{ createApp }, { ensureOrganisation, greeting }] = await Promise.all([import('./app.js'), import('./demo/first-start.js')]);
  const found = await ensureOrganisation(settings, createApp);
  const app = await createApp(settings);
  stopping.add(() => app.close());
  await app.init();
  if (embedded) {
    (await import('./platform/queue/workers.js')).startWorker(app);
    app.get((await import('./audit/sealer.service.js')).SealerService).start();
  }

  const { Readiness } = await import('./platform/http/health.controller.js');
  const readiness = app.get(Readiness);
  await doorman.leave();
  // By its name it is reached over IPv4 and IPv6 alike.
  await app.listen(settings.port, local ? 'localhost' : doorman.host);
  readiness.become('ready');
  stopping.add(async () => {
    readiness.become('draining');
    // So long the proxy in front may still send someone here before it asks whether we are ready.
    if (settings.production) await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
  });
  console.log([`Netwerkberaad is ready: ${settings.publicUrl}`, ...greeting(settings, found)].join('\n'));
});

const DRAIN_MS = 3000;

/** The demo's passwords are known to all, so it is reached from this machine only, unless PUBLIC_URL names another. */
function isLocal(publicUrl: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname);
}
