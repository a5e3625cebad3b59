import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Chromium and its kin stand on Debian, Fedora, macOS. */
const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Runs in a container too, and calls nobody but the pages that a spec opens. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser that the setting CHROMIUM names, or the first that is found; null when this machine has none. */
export function chromiumPath(): string | null {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM=${named}: there is no such file`);
    return named;
  }
  return USUAL_PATHS.find((path) => existsSync(path)) ?? null;
}

export const startChromium = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args: FLAGS });
