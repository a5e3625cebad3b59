import { jest } from '@jest/globals';
import { AxeBuilder } from '@axe-core/playwright';
import type { Result } from 'axe-core';
import type { Browser, BrowserContext, Locator, Page, Response } from 'playwright-core';
import type { Settings } from '../../src/platform/config/settings.js';
import { START, startApp, type TestApp } from './app.js';
import { chromiumPath, startChromium } from './chromium.js';
import { somePort } from './service.js';

/**
 * Pages in a real browser. A spec `test/browser/<module>.browser-spec.ts` is
 *
 *   inBrowser((site) => {
 *     it('shows what the page is for', async () => {
 *       const page = await site.newPage();
 *       await site.open(page, '/kring');
 *       await site.check(page);
 *     });
 *   });
 *
 * and everything in it runs twice: with and without JavaScript. There is one service and one browser for the file; a page
 * has a visitor of its own (cookies), and is closed after the test. `check` is for every page: axe, 320 pixels, nothing that
 * the Content-Security-Policy refused, no error of a script. Without Chromium all of it is skipped, and says so.
 */
export interface Site {
  /** The service behind the pages. */
  readonly test: TestApp;
  readonly javaScript: boolean;
  /** A browser of someone who has never been here. */
  newPage(options?: { width?: number }): Promise<Page>;
  /** Goes to a path of the service, or to a whole address of it; what it answered. */
  open(page: Page, path: string): Promise<Response>;
  url(path: string): string;
  /** Signs a colleague in on the page, with the password that `test.staff` gives. */
  signIn(page: Page, email: string): Promise<void>;
  /** Axe (with scripts on), the small screen, and what the browser complained about. */
  check(page: Page): Promise<void>;
  /** No violation of WCAG 2.2 level A and AA that a machine can find. */
  axe(page: Page): Promise<void>;
  /** Nothing to scroll sideways for on a screen of 320 pixels; the page has its own width again after it. */
  fits(page: Page): Promise<void>;
  /** Walks to an element with Tab alone; fails when it is not reached, or when the focus cannot be seen. */
  tabTo(page: Page, target: Locator): Promise<void>;
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTH = 1024;
const HEIGHT = 800;
const SMALL_WIDTH = 320;
const MOST_TABS = 150;
/** Starting a browser and a database on a busy machine. */
const START_MS = 120_000;
// A walk through many pages takes a while on a busy machine; each step by itself may not.
jest.setTimeout(90_000);
const STEP_MS = 15_000;

export function inBrowser(scenarios: (site: Site) => void, settings: Partial<Settings> | ((port: number) => Promise<Partial<Settings>>) = {}): void {
  const path = chromiumPath();
  if (path === null) {
    process.stderr.write('Skipped: no Chromium here. Install it (Debian: apt-get install chromium), or name it with CHROMIUM=/path.\n');
    describe.skip('without a browser', () => scenarios(null as unknown as Site));
    return;
  }
  let test: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    const { port } = await somePort();
    const given = typeof settings === 'function' ? await settings(port) : settings;
    test = await startApp({ port, publicUrl: `http://localhost:${port}`, ...given });
    await test.app.listen(port, 'localhost');
    browser = await startChromium(path);
  }, START_MS);
  beforeEach(() => test.clock.set(START));
  afterAll(async () => {
    await browser?.close();
    await test?.stop();
  }, START_MS);
  describe.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('%s', (_, javaScript) => {
    const visits = new Visits(() => browser, javaScript);
    afterEach(() => visits.end());
    scenarios(site(() => test, visits));
  });
}

/** The pages of one test, and what their browser complained about. */
class Visits {
  private readonly contexts: BrowserContext[] = [];
  private readonly complaints = new WeakMap<Page, string[]>();

  constructor(
    private readonly browser: () => Browser,
    readonly javaScript: boolean,
  ) {}

  async newPage(width: number): Promise<Page> {
    const context = await this.browser().newContext({
      javaScriptEnabled: this.javaScript,
      viewport: { width, height: HEIGHT },
      locale: 'nl-NL',
      timezoneId: 'Europe/Amsterdam',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(STEP_MS);
    this.contexts.push(context);
    // A spec never leaves this machine, whatever a page links to.
    await context.route(
      ({ hostname }) => hostname !== 'localhost',
      (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<title>elsewhere</title>' }),
    );
    const page = await context.newPage();
    const said: string[] = [];
    this.complaints.set(page, said);
    page.on('pageerror', (error) => said.push(error.message));
    page.on('console', (message) => {
      // A refused form is answered with its status; that is no fault of the page.
      if (message.type() === 'error' && !/the server responded with a status of 4\d\d/.test(message.text())) said.push(message.text());
    });
    return page;
  }

  complaintsOf(page: Page): string[] {
    return this.complaints.get(page) ?? [];
  }

  async end(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }
}

function site(test: () => TestApp, visits: Visits): Site {
  const url = (path: string): string => new URL(path, test().settings.publicUrl).href;
  const open: Site['open'] = async (page, path) => (await page.goto(url(path)))!;
  const axe: Site['axe'] = async (page) => {
    // Axe is a script itself, and every scenario comes by with scripts on: the pages are the same ones.
    if (!visits.javaScript) return;
    const { violations, incomplete } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    expect([...violations, ...incomplete.filter(hasUnseenWords)].map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  };
  const fits: Site['fits'] = async (page) => {
    const before = page.viewportSize() ?? { width: WIDTH, height: HEIGHT };
    await page.setViewportSize({ width: SMALL_WIDTH, height: HEIGHT });
    expect(await page.evaluate(sticksOut)).toEqual([]);
    await page.setViewportSize(before);
  };
  return {
    get test() {
      return test();
    },
    javaScript: visits.javaScript,
    newPage: ({ width = WIDTH } = {}) => visits.newPage(width),
    url,
    open,
    async signIn(page, email) {
      await open(page, '/inloggen');
      await page.getByLabel('E-mailadres').fill(email);
      await page.getByLabel('Wachtwoord').fill('een lang wachtwoord');
      await page.getByRole('button', { name: 'Inloggen' }).click();
      await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'));
    },
    async check(page) {
      await axe(page);
      await fits(page);
      expect(visits.complaintsOf(page)).toEqual([]);
    },
    axe,
    fits,
    async tabTo(page, target) {
      for (let presses = 0; presses < MOST_TABS; presses += 1) {
        await page.keyboard.press('Tab');
        if (!(await target.evaluate((element) => element === element.ownerDocument.activeElement))) continue;
        expect(await target.evaluate(hasVisibleFocus)).toBe(true);
        return;
      }
      throw new Error(`Not reached with ${MOST_TABS} times Tab: ${String(target)}`);
    },
  };
}

/** Words in the colour of what is behind them: axe is not sure about those, as somebody might mean it. */
const hasUnseenWords = ({ id, nodes }: Result): boolean =>
  id === 'color-contrast' && nodes.some(({ any }) => any.some(({ data }) => (data as { messageKey?: string } | null)?.messageKey === 'equalRatio'));

// What follows runs in the page; our own compiler options know no browser.
/* eslint-disable @typescript-eslint/no-explicit-any */
function sticksOut(): string[] {
  const { document } = globalThis as any;
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element: any) => element.getBoundingClientRect().right > root.clientWidth + 1)
    .map((element: any) => element.outerHTML.slice(0, 120))
    .slice(0, 5)
    .concat(`the page is ${root.scrollWidth} wide`);
}

function hasVisibleFocus(element: any): boolean {
  const style = (globalThis as any).getComputedStyle(element);
  return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
}
