import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The last line of .ci/run: what the jest runs counted, from the files that they left in the folder.
const folder = process.argv[2];
const runs = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (count) => runs.reduce((total, run) => total + count(run), 0);

const passed = sum((run) => run.numPassedTests);
// A file that does not even load has no tests that could fail.
const failed = sum((run) => run.numFailedTests + run.numRuntimeErrorTestSuites);
const skipped = sum((run) => run.numPendingTests + run.numTodoTests);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(runs.length > 0 && failed === 0 && passed > 0 ? 0 : 1);
