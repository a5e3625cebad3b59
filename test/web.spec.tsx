import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import Fastify from 'fastify';
import type { VNode } from 'preact';
import request from 'supertest';
import { nextSteps, type CaseSituation } from '../src/desk/desk.rules.js';
import { address, ROUTES, withDone } from '../src/desk/desk.routes.js';
import { shownAt } from '../src/web/components/error-summary.js';
import { assetPath, assetSize, registerAssets } from '../src/web/assets.js';
import { compressPages } from '../src/web/compression.js';
import { formBody } from '../src/web/form-body.js';
import { day, euros, readable, telephone, time } from '../src/web/format.js';
import { renderPage } from '../src/web/page.js';
import { usedTokens } from '../src/web/theme/stylesheet.js';
import { asWritten, HOSTILE, hostile } from './support/pages-parts.js';
import { PAGES } from './support/pages.js';

/** What a page may weigh on its way, with style, script and icon, on a first visit. */
const PAGE_BYTES = 60_000;

interface Tag {
  name: string;
  attributes: Map<string, string>;
}

/** Every start tag with its attributes, as a browser reads them. */
function tags(html: string): Tag[] {
  return [...html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*\/?>/gi)].map((found) => ({
    name: found[1]!,
    attributes: new Map([...found[2]!.matchAll(/([^\s=>"/]+)(?:="([^"]*)")?/g)].map((one) => [one[1]!, one[2] ?? ''])),
  }));
}

const variants: [string, string, () => VNode][] = Object.entries(PAGES).flatMap(([name, page]) => [
  [name, 'filled', () => page.full(asWritten)] as [string, string, () => VNode],
  [name, 'hostile', () => page.full(hostile())] as [string, string, () => VNode],
  ...(page.empty ? [[name, 'empty', page.empty] as [string, string, () => VNode]] : []),
]);

describe('every page', () => {
  it.each(variants)('%s (%s) is a document with one heading, a language and a title that says where you are', (_, __, page) => {
    const html = renderPage(page());
    expect(html).toMatch(/^<!doctype html><html lang="nl"/);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html).toMatch(/<title>[^<]+ – Netwerkberaad<\/title>/);
    expect(html).toMatch(/<main id="inhoud"/);
    expect(html).toContain('href="#inhoud"');
    expect(tags(html).filter((tag) => tag.name === 'main')).toHaveLength(1);
  });

  it.each(variants)('%s (%s) has no style or script of its own and no address that runs', (_, __, page) => {
    const html = renderPage(page());
    for (const tag of tags(html)) {
      expect([...tag.attributes.keys()].filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
      expect(tag.attributes.get('href') ?? '/').toMatch(/^(\/|#|https:\/\/|tel:|mailto:)/);
      expect(tag.name).not.toBe('style');
      if (tag.name === 'script') expect(tag.attributes.get('src')).toBe(assetPath('site.js'));
    }
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<img/);
  });

  it.each(variants)('%s (%s) names every field, points only at what is there, and uses no id twice', (_, __, page) => {
    const html = renderPage(page());
    const all = tags(html);
    const ids = all.flatMap((tag) => tag.attributes.get('id') ?? []);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const labelled = new Set(all.filter((tag) => tag.name === 'label').map((tag) => tag.attributes.get('for')));
    const wrapped = new Set([...html.matchAll(/<label class="tick"><input [^>]*value="([^"]*)"/g)].map((found) => found[1]));
    for (const { name, attributes } of all) {
      for (const pointer of ['aria-describedby', 'aria-labelledby']) {
        for (const id of attributes.get(pointer)?.split(' ') ?? []) expect(ids).toContain(id);
      }
      if (name === 'a' && attributes.get('href')?.startsWith('#')) expect(ids).toContain(attributes.get('href')!.slice(1));
      const isField = name === 'select' || name === 'textarea' || (name === 'input' && attributes.get('type') !== 'hidden');
      if (!isField) continue;
      const tickable = ['radio', 'checkbox'].includes(attributes.get('type') ?? '');
      expect(tickable ? wrapped.has(attributes.get('value')) : labelled.has(attributes.get('id'))).toBe(true);
    }
  });

  it.each(variants)('%s (%s) sends a CSRF token with every form', (_, __, page) => {
    const html = renderPage(page());
    const forms = html.split('<form ').slice(1);
    for (const form of forms) {
      expect(form).toMatch(/^method="post"/);
      expect(form.split('</form>')[0]).toContain('name="_csrf"');
    }
  });

  it.each(variants.filter(([, kind]) => kind !== 'hostile'))('%s (%s) travels in less than 60 kB', (_, __, page) => {
    const html = brotliCompressSync(renderPage(page())).length;
    expect(html + assetSize('site.css') + assetSize('site.js') + assetSize('icon.svg')).toBeLessThan(PAGE_BYTES);
  });

  it.each(['link', 'circle', 'circle-fixed', 'removal', 'mine', 'mine-unknown-device'])(
    '%s lets a resident leave at once, or be called',
    (name) => {
      const html = renderPage(PAGES[name]!.full(asWritten));
      expect(html).toMatch(/<a class="[^"]*leave-now" href="https:[^"]+" rel="noreferrer/);
      expect(html).toContain('action="/bel-mij-terug"');
      expect(html).toContain('href="tel:0101234567"');
    },
  );

  it('shows hostile words as words', () => {
    const html = Object.values(PAGES)
      .map((page) => renderPage(page.full(() => HOSTILE[0]!)))
      .join('');
    expect(html).toContain('&lt;script>alert(1)&lt;/script>');
    expect(html).not.toContain('<script>');
  });

  it('never says "case", "dossier", "cliënt" or "casus" to a resident', () => {
    for (const name of [
      'start',
      'link',
      'link-ended',
      'circle',
      'circle-fixed',
      'removal',
      'removed',
      'mine',
      'mine-unknown-device',
    ]) {
      const words = renderPage(PAGES[name]!.full(asWritten)).replace(/<[^>]*>/g, ' ');
      expect(words).not.toMatch(/\b(case|dossier|cliënt|casus|traject)/i);
    }
  });
});

describe('a form that failed', () => {
  const html = renderPage(PAGES['sign-in']!.full(asWritten));

  it('says so in the title and in a summary that links to the field', () => {
    expect(html).toMatch(/<title>Let op: /);
    const id = /<a href="#([^"]+)">Dit is geen mailadres/.exec(html)?.[1];
    expect(html).toMatch(new RegExp(`<input type="email" id="${id}"[^>]*aria-describedby="${id}-error" aria-invalid="true"`));
  });

  it('leads to the field of that name, the first one inside, or what holds it', () => {
    const field = { id: 'x', label: 'x' };
    const fields = new Map(['moment', 'answers.happy', 'slots.0.date', 'slots.0.to', 'slots.1.date'].map((name) => [name, field]));
    expect(shownAt(fields, '/moment')).toBe('moment');
    expect(shownAt(fields, '/answers')).toBe('answers.happy');
    expect(shownAt(fields, '/slots/1')).toBe('slots.1.date');
    expect(shownAt(fields, '/slots/0/zone')).toBe('slots.0.date');
    expect(shownAt(fields, '/elsewhere')).toBeNull();
  });

  it('keeps what was typed, never a password', () => {
    expect(html).toContain('value="fout"');
    expect(html).not.toMatch(/type="password"[^>]*value=/);
  });
});

describe('a tap on a page that leaves no trace', () => {
  /** What the script asks for when a button of a form is tapped. */
  function asked(submitter: { formAction?: string; name?: string; value?: string }): string[] {
    const sent: string[] = [];
    const handlers = new Map<string, (event: object) => void>();
    const form = { method: 'post', action: '/mijn/kring/1/ja' };
    runInNewContext(readFileSync('src/web/theme/site.js', 'utf8'), {
      document: {
        body: { dataset: { trace: 'none' } },
        querySelector: (selector: string) => (selector === '.no-connection' ? {} : null),
        querySelectorAll: () => [],
        addEventListener: (name: string, handler: (event: object) => void) => handlers.set(name, handler),
      },
      addEventListener: () => undefined,
      location: { replace: () => undefined },
      URLSearchParams,
      FormData: class extends URLSearchParams {
        constructor() {
          super();
        }
      },
      fetch: (to: string, { body }: { body: URLSearchParams }) => {
        sent.push(to, body.toString());
        return Promise.resolve({ redirected: true, url: '/mijn' });
      },
    });
    const hasAttribute = (name: string): boolean => name === 'formaction' && submitter.formAction !== undefined;
    handlers.get('submit')!({
      target: form,
      submitter: { ...submitter, hasAttribute, setAttribute: () => undefined },
      preventDefault: () => undefined,
    });
    return sent;
  }

  it('goes where that button says, not where the form goes: liever niet is never a yes', () => {
    expect(asked({ formAction: '/mijn/kring/1/liever-niet' })).toEqual(['/mijn/kring/1/liever-niet', '']);
    expect(asked({ name: 'agrees', value: 'false' })).toEqual(['/mijn/kring/1/ja', 'agrees=false']);
  });
});

describe('assets', () => {
  const served = async (): Promise<ReturnType<typeof Fastify>> => {
    const app = Fastify();
    registerAssets(app);
    compressPages(app);
    app.get('/page', (_, reply) => reply.type('text/html; charset=utf-8').send(renderPage(PAGES.case!.full(asWritten))));
    app.get('/json', (_, reply) => reply.send({ text: 'x'.repeat(5_000) }));
    await app.ready();
    return app;
  };

  it('may be kept for ever, in the encoding that was asked for', async () => {
    const app = await served();
    for (const [accepted, encoding] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const answer = await request(app.server).get(assetPath('site.css')).set('accept-encoding', accepted);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('.site-header{');
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(answer.headers['content-type']).toBe('text/css; charset=utf-8');
    }
    expect((await request(app.server).get('/assets/site.css')).status).toBe(404);
    await app.close();
  });

  it('compresses pages and leaves the API alone', async () => {
    const app = await served();
    const page = await request(app.server).get('/page').set('accept-encoding', 'gzip');
    expect(page.headers['content-encoding']).toBe('gzip');
    expect(page.text).toMatch(/^<!doctype html>/);
    const json = await request(app.server).get('/json').set('accept-encoding', 'gzip');
    expect(json.headers['content-encoding']).toBeUndefined();
    await app.close();
  });

  it('takes along only the tokens that the rules lead to, through other tokens too', () => {
    const theme = '.voorbeeld-theme { --a: var(--b); --b: red; --c: blue; }';
    expect(usedTokens(theme, 'p { color: var(--a, green); }')).toBe('.voorbeeld-theme{--a:var(--b);--b:red;}');
  });
});

describe('a posted form', () => {
  it('becomes the body that the API takes', () => {
    const fields = {
      _csrf: 'x',
      'place.type': 'home',
      'slots.1.date': '2026-11-25',
      'slots.0.date': '2026-11-24',
      'slots.2.date': '',
      hours: '2,5',
      agrees: 'true',
      spokenAlone: 'a',
      note: '  ',
    };
    expect(formBody(fields, { numbers: ['hours'], flags: ['agrees'], lists: ['spokenAlone'] })).toEqual({
      place: { type: 'home' },
      slots: [{ date: '2026-11-24' }, { date: '2026-11-25' }],
      hours: 2.5,
      agrees: true,
      spokenAlone: ['a'],
    });
  });

  it('leaves out rows that were emptied', () => {
    const fields = { 'goals.0.id': 'g1', 'goals.0.text': '', 'goals.1.text': 'Blijven wonen', version: '3' };
    expect(formBody(fields, { rows: { goals: 'text', commitments: 'text' }, numbers: ['version'] })).toEqual({
      goals: [{ text: 'Blijven wonen' }],
      commitments: [],
      version: 3,
    });
  });

  it('leaves what is no number or yes-or-no as typed, for the check that follows', () => {
    expect(formBody({ hours: 'veel', agrees: 'misschien' }, { numbers: ['hours'], flags: ['agrees'] })).toEqual({
      hours: 'veel',
      agrees: 'misschien',
    });
  });

  it('reaches no prototype', () => {
    expect(formBody({ '__proto__.polluted': 'yes', 'constructor.prototype.polluted': 'yes' })).toEqual({});
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
});

describe('addresses', () => {
  it('are filled in and escaped', () => {
    expect(address(ROUTES.approveMember, { ref: 'NB-2026-000001', memberId: '../x' })).toBe(
      '/werk/trajecten/NB-2026-000001/kring/..%2Fx/goedkeuring',
    );
    expect(withDone('/werk?na=1', 'accepted')).toBe('/werk?na=1&gedaan=accepted');
  });
});

describe('what people read', () => {
  it('is Dutch time, also across the change of the clock', () => {
    expect(`${day('2026-10-25T00:30:00Z')} ${time('2026-10-25T00:30:00Z')}`).toBe('zondag 25 oktober 02.30');
    expect(time('2026-10-25T01:30:00Z')).toBe('02.30');
    expect(time('2026-03-29T01:00:00Z')).toBe('03.00');
    expect(day('2026-11-24')).toBe('dinsdag 24 november');
  });

  it('is Dutch money and a number that a telephone takes', () => {
    expect(euros(123_456)).toBe('€\u00a01.234,56');
    expect(readable('+31612345678')).toBe('06 12345678');
    expect(telephone('06 1234 5678')).toBe('tel:0612345678');
    expect(telephone('javascript:alert(1)')).toBe('tel:1');
  });
});

describe('what a facilitator can do next', () => {
  const start: CaseSituation = {
    state: 'preparing',
    memberStates: [],
    safetyOpen: false,
    meetingState: null,
    meetingBegan: false,
    planCarried: null,
    objected: false,
    blocked: 0,
    measuredBefore: false,
  };
  const codes = (situation: Partial<CaseSituation>): string[] => nextSteps({ ...start, ...situation }).map((step) => step.code);

  it('puts safety first, and no date before it', () => {
    expect(codes({ safetyOpen: true })).toEqual(['safety', 'before']);
  });

  it('waits for a yes, then calls, then invites', () => {
    expect(nextSteps({ ...start, memberStates: ['proposed', 'approved', 'approved', 'approached', 'removed'] })).toEqual([
      { code: 'approve', count: 1 },
      { code: 'call', count: 2 },
      { code: 'invite', count: 3 },
      { code: 'date' },
      { code: 'before' },
    ]);
  });

  it('follows the meeting and the plan', () => {
    expect(codes({ meetingState: 'polling', measuredBefore: true })).toEqual(['confirm']);
    expect(codes({ state: 'scheduled', meetingState: 'fixed', meetingBegan: true, measuredBefore: true })).toEqual([
      'attendance',
    ]);
    expect(codes({ state: 'met', meetingState: 'held' })).toEqual(['plan']);
    expect(codes({ state: 'met', meetingState: 'held', planCarried: false })).toEqual(['agree']);
    expect(codes({ state: 'met', meetingState: 'held', planCarried: false, objected: true })).toEqual(['objection']);
    expect(nextSteps({ ...start, state: 'carrying-out', meetingState: 'held', planCarried: true, blocked: 2 })).toEqual([{ code: 'blocked', count: 2 }]);
    expect(codes({ state: 'closed', memberStates: ['proposed'], blocked: 1 })).toEqual([]);
  });
});
