import './typescript.mjs';

/** Jest does not compile this for us, so it brings the hooks that do. */
export default async function start() {
  const { startTestCluster } = await import('./cluster.ts');
  globalThis.stopTestCluster = await startTestCluster();
}
