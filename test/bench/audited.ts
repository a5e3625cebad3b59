import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.js';
import { AuditService } from '../../src/audit/audit.service.js';
import { SealerService } from '../../src/audit/sealer.service.js';
import { readSettings } from '../../src/platform/config/settings.js';
import { openDatabase } from '../../src/platform/database/open.js';
import { Readiness } from '../../src/platform/http/health.controller.js';

/** What the bench asks of this process beside requests: everything sealed, so that no sealing falls in another's turn. */
export type Asked = 'seal';

// The service in the bench's own process: with its audit and sealer, or with an audit that writes nothing, which no setting
// of the service itself can bring about.
const settings = await openDatabase(readSettings(process.env, 'web'), { add: () => undefined });
const app = await createApp(settings);
await app.init();
const sealer = app.get(SealerService);
if (process.argv[2] === 'off') {
  const nothing = async (): Promise<void> => undefined;
  Object.assign(app.get(AuditService), { record: nothing, read: nothing });
} else {
  sealer.start();
}
await app.listen(0, '127.0.0.1');
app.get(Readiness).become('ready');
process.on('message', (asked: Asked) => {
  if (asked === 'seal') void sealer.seal().then((sealed) => process.send!({ sealed }));
});
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.send!({ port: (app.getHttpServer().address() as AddressInfo).port });
