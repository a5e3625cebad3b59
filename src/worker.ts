import { readSettings } from './platform/config/settings.js';
import { runProcess } from './platform/process.js';

// Does the jobs: mails, reminders and upkeep. As many of these as one likes, beside the web processes.
await runProcess(async (stopping) => {
  const read = readSettings(process.env, 'worker');
  const { openDatabase } = await import('./platform/database/open.js');
  const settings = await openDatabase(read, stopping);
  const [{ createApp }, { startWorker }, { SealerService }] = await Promise.all([
    import('./app.js'),
    import('./platform/queue/workers.js'),
    import('./audit/sealer.service.js'),
  ]);
  const app = await createApp(settings);
  stopping.add(() => app.close());
  await app.init();
  startWorker(app);
  app.get(SealerService).start();
  console.log('The worker is ready.');
});
