import { parseArgs } from 'node:util';
import { Refusal } from './platform/config/refusal.js';
import { readSettings } from './platform/config/settings.js';
import { runProcess, type Stopping } from './platform/process.js';
import type { Verification } from './audit/verifier.service.js';

const USE = 'npm run verify-audit -- [slug …] or, after a restore, npm run verify-audit -- --new-epoch --reason "<why>"';

// Tells whether the audit log is as it was sealed, also beside a running service: exit code 1 when it is not.
await runProcess(async (stopping) => {
  const { slugs, newEpoch, reason } = wanted();
  const undo: Parameters<Stopping['add']>[0][] = [];
  const opened: Stopping = {
    add: (one) => {
      undo.push(one);
      stopping.add(one);
    },
  };
  const { openDatabase } = await import('./platform/database/open.js');
  const settings = await openDatabase(readSettings(process.env, 'web'), opened, { share: true });
  const { createApp } = await import('./app.js');
  const { OrganisationsService } = await import('./people/organisations.service.js');
  const app = await createApp(settings);
  opened.add(() => app.close());
  await app.init();
  const all = await app.get(OrganisationsService).all();
  const unknown = slugs.find((slug) => !all.some((one) => one.slug === slug));
  if (unknown !== undefined) throw new Refusal(`There is no organisation ${unknown}: ${all.map(({ slug }) => slug).join(', ') || 'none yet'}.`);

  if (newEpoch) {
    if (settings.databaseOwnerUrl === null) throw new Refusal('Opening an epoch needs DATABASE_OWNER_URL (and DATABASE_CLERK_URL): set them.');
    const { EpochsService } = await import('./audit/epochs.service.js');
    console.log(`Opened epoch ${await app.get(EpochsService).open(settings.databaseOwnerUrl, all, reason)} for all organisations.`);
  }
  const { VerifierService } = await import('./audit/verifier.service.js');
  let findings = 0;
  for (const one of all.filter(({ slug }) => slugs.length === 0 || slugs.includes(slug))) {
    const verified = await app.get(VerifierService).verify(one);
    findings += verified.findings.length;
    console.log(told(verified).join('\n'));
  }
  for (let one = undo.pop(); one; one = undo.pop()) await one();
  if (findings > 0) process.exitCode = 1;
});

function told({ organisation, events, seals, epoch, newest, breaks, lag, findings }: Verification): string[] {
  const seal = newest ? `, newest ${newest.seal} of ${newest.at} ${newest.digest}` : '';
  return [
    `${organisation}: ${events} events, ${seals} seals, epoch ${epoch}${seal}`,
    ...breaks.map(({ epoch: opened, at, reason, lost }) => `  epoch ${opened} was opened at ${at}: ${reason}${lost ? `; lost: ${lost}` : ''}`),
    ...(lag.events > 0
      ? [`  not sealed yet: ${lag.events} events, ${lag.oldestSeconds} s${lag.waits ? ', waiting for a transaction that still runs' : ''}`]
      : []),
    ...findings.map(({ kind, where }) => `  FOUND ${kind}: ${where}`),
    findings.length === 0 ? '  as it was sealed' : `  ${findings.length} findings`,
  ];
}

function wanted(): { slugs: string[]; newEpoch: boolean; reason: string } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'new-epoch': { type: 'boolean' }, reason: { type: 'string' } },
    });
    const newEpoch = values['new-epoch'] ?? false;
    const reason = values.reason?.trim() ?? '';
    if (newEpoch !== (reason !== '')) throw new Error('a new epoch has a reason, and nothing else has');
    if (newEpoch && positionals.length > 0) throw new Error('a database is put back as a whole: an epoch is opened for all organisations');
    return { slugs: positionals, newEpoch, reason };
  } catch (error) {
    throw new Refusal(`${(error as Error).message}: ${USE}`);
  }
}
