import { Refusal } from './config/refusal.js';

/** What has to be undone when the process ends, the last thing first. */
export interface Stopping {
  add(undo: () => Promise<unknown> | void): void;
}

const STOP_SECONDS = 25;
/** npm hands on the Ctrl-C that the terminal has sent already: the second within this time is the same one. */
const SAME_SIGNAL_MS = 1000;

/**
 * Runs one process of the service from start to end: a `Refusal` is one line on stderr and exit code 1; Ctrl-C and SIGTERM,
 * also while starting, undo everything and end with 0; a second one ends at once.
 */
export async function runProcess(start: (stopping: Stopping) => Promise<void>): Promise<void> {
  const undo: (() => Promise<unknown> | void)[] = [];
  let stoppedAt: number | undefined;

  const stop = async (code: number): Promise<void> => {
    const late = setTimeout(() => leave(`Stopping took longer than ${STOP_SECONDS} seconds.`), STOP_SECONDS * 1000);
    late.unref();
    let failed = false;
    for (let next = undo.pop(); next; next = undo.pop()) {
      await Promise.resolve(next()).catch((error: unknown) => {
        failed = true;
        tell(error);
      });
    }
    process.exit(failed ? 1 : code);
  };
  const onSignal = (): void => {
    if (stoppedAt === undefined) {
      stoppedAt = performance.now();
      void stop(0);
    } else if (performance.now() - stoppedAt > SAME_SIGNAL_MS) {
      leave('Stopped at once; the next start tidies up.');
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);

  try {
    await start({
      add: (one) => {
        undo.push(one);
      },
    });
  } catch (error) {
    // What fails because it is being stopped is no reason to tell.
    if (stoppedAt !== undefined) return;
    stoppedAt = performance.now();
    tell(error);
    await stop(1);
  }
}

/** One line; a stack only for what nobody foresaw, and only when debugging. */
function tell(error: unknown): void {
  const known = error instanceof Refusal;
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  process.stderr.write(known ? `${message}\n` : `Netwerkberaad stopped: ${message} (LOG_LEVEL=debug shows where)\n`);
  if (!known && process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

function leave(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
