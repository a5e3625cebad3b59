import { register } from 'node:module';

// `node --import ./test/support/documented.mjs src/main.ts`: the sources as they are, described as a build describes them.
register('./documented-hooks.mjs', import.meta.url);
