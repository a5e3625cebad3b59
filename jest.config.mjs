import { sources } from './test/support/swc.mjs';

/** Specs run as ES modules on a real database; `test/support/global-setup.mjs` starts it once for the whole run. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testRegex: '[.-]spec\\.tsx?$',
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/bench/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its ES modules import JSON in a way that jest warns about in every file.
    '^libphonenumber-js$': '<rootDir>/node_modules/libphonenumber-js/index.cjs',
  },
  transform: {
    '\\.ts$': ['@swc/jest', sources({ tsx: false })],
    '\\.tsx$': ['@swc/jest', sources({ tsx: true })],
    'content-disposition/.+\\.js$': ['@swc/jest', { module: { type: 'commonjs' } }],
  },
  // @fastify/static is CommonJS and requires content-disposition, which is an ES module.
  transformIgnorePatterns: ['/node_modules/(?!content-disposition/)'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  maxWorkers: 2,
  // ES modules of a spec are never freed: a worker that grew starts again.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
  randomize: true,
  showSeed: true,
};
