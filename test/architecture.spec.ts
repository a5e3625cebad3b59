import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import '../src/app.module.js';
import { definedJobs } from '../src/platform/queue/jobs.js';
import { hasFieldText, hasProblemText } from '../src/texts/refusals.js';

const SRC = resolve('src');

/** Everything may import what stands on an earlier line, and nothing to its right; modules on one line do not know each other. */
const ORDER = [
  ['platform'],
  ['texts'],
  ['web'],
  ['audit'],
  ['people'],
  ['messages'],
  ['cases'],
  ['circle', 'neighbourhood'],
  ['meetings'],
  ['plans'],
  ['referrals', 'micro-analysis'],
  ['privacy'],
  ['desk'],
  ['demo'],
];

const DOMAIN = ['audit', 'people', 'messages', 'cases', 'circle', 'meetings', 'plans', 'referrals', 'micro-analysis', 'privacy', 'desk'];
const SUFFIXES = ['module', 'controller', 'dto', 'entity', 'service', 'queries', 'rules', 'policy', 'events', 'messages', 'jobs', 'pages', 'errors', 'routes'];
const FORBIDDEN_FOLDERS = ['utils', 'helpers', 'common', 'shared', 'lib'];
const LINES_AT_MOST = 400;

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
  });

const all = files(SRC);
const inSrc = (path: string): string => relative(SRC, path);
const moduleOf = (path: string): string | null => (inSrc(path).includes('/') ? inSrc(path).split('/')[0]! : null);
const place = (module: string): number => ORDER.findIndex((names) => names.includes(module));

/** What a file imports from our own sources; `import type` counts too. */
function imports(path: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => {
      const target = resolve(dirname(path), name.replace(/\.js$/, ''));
      return [`${target}.ts`, `${target}.tsx`, target].find((candidate) => existsSync(candidate)) ?? target;
    });
}

it('imports only what lies to the left', () => {
  const wrong = all.flatMap((path) => {
    const from = moduleOf(path);
    if (from === null) return [];
    return imports(path)
      .map((target) => ({ target, to: moduleOf(target) }))
      .filter(({ target, to }) => {
        // The one way out of src: the migrations are run from here.
        if (target === resolve('migrations/index.ts')) return !path.endsWith('database/migrate.ts');
        return to === null || (to !== from && place(to) >= place(from));
      })
      .map(({ target }) => `${inSrc(path)} → ${relative(SRC, target)}`);
  });
  expect(wrong).toEqual([]);
});

it('has a place in the order for every folder', () => {
  const unknown = [...new Set(all.map(moduleOf))].filter((name) => name !== null && place(name) < 0);
  expect(unknown).toEqual([]);
});

it('has no cycle between files', () => {
  const graph = new Map(all.map((path) => [path, imports(path)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].map(inSrc).join(' → '));
    else if (!done.has(path)) {
      for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of all) visit(path, []);
  expect(cycles.filter((cycle) => !onlyTypes(cycle))).toEqual([]);
});

/** A cycle in which some step is only a type is none when it runs. */
function onlyTypes(cycle: string): boolean {
  const steps = cycle.split(' → ');
  return steps.slice(0, -1).some((from, i) => {
    const source = readFileSync(join(SRC, from), 'utf8');
    const name = steps[i + 1]!.split('/').at(-1)!.replace(/\.tsx?$/, '');
    const lines = source.match(new RegExp(`import (type )?[^;]*?['"][^'"]*/${name}\\.js['"]`, 'g')) ?? [];
    return lines.length > 0 && lines.every((line) => line.startsWith('import type'));
  });
}

it('names the files of a domain module from the closed vocabulary', () => {
  const wrong = all.filter((path) => DOMAIN.includes(moduleOf(path) ?? '') && !SUFFIXES.some((suffix) => new RegExp(`\\.${suffix}\\.tsx?$`).test(path)));
  expect(wrong.map(inSrc)).toEqual([]);
});

it('has no folder for leftovers, and no file that one cannot read in one go', () => {
  const folders = all.filter((path) => path.split('/').some((part) => FORBIDDEN_FOLDERS.includes(part)));
  const long = all.filter((path) => readFileSync(path, 'utf8').split('\n').length > LINES_AT_MOST + 1);
  expect([...folders, ...long].map(inSrc)).toEqual([]);
});

it('keeps rules free of framework, database and clock', () => {
  const wrong = all
    .filter((path) => path.endsWith('.rules.ts'))
    .filter((path) => /from '(@nestjs|typeorm|pg|bullmq|ioredis)|Date\.now\(\)|new Date\(\)/.test(readFileSync(path, 'utf8')));
  expect(wrong.map(inSrc)).toEqual([]);
});

it('takes the time from the clock and never from the database', () => {
  const wrong = [...all, ...files(resolve('migrations'))].filter((path) => {
    // Waiting for a server process to come up is not the service's time.
    if (/platform\/(clock|database\/(cluster|embedded))\.ts$/.test(path)) return false;
    const source = readFileSync(path, 'utf8');
    return /Date\.now\(\)|new Date\(\)/.test(source) || /\b(now|clock_timestamp|statement_timestamp)\(\)\s*(?:[,)+-]|$)|current_timestamp/im.test(withoutCode(source));
  });
  expect(wrong.map((path) => relative('.', path))).toEqual([]);
});

/** Only the SQL of a source: what stands between backquotes. */
const withoutCode = (source: string): string => (source.match(/`[^`]*`/g) ?? []).filter((text) => /\b(select|insert|update|delete|create)\b/i.test(text)).join('\n');

it('decides by the table of kinds, never by a kind itself', () => {
  const wrong = all
    .filter((path) => !path.endsWith('kinds.rules.ts') && moduleOf(path) !== 'demo' && moduleOf(path) !== 'texts')
    .filter((path) => /kind\s*[!=]==?\s*'(netwerkberaad|eigen-kracht|mdo|jim|netwerkplan)'/.test(readFileSync(path, 'utf8')));
  expect(wrong.map(inSrc)).toEqual([]);
});

it('has a sentence for every problem and every field error', () => {
  const source = all.map((path) => readFileSync(path, 'utf8')).join('\n');
  const problems = [...source.matchAll(/(?:new Problem\(\d+, |conflict\(|forbidden\()'([a-z-]+)'/g)].map((match) => match[1]!);
  const fields = [...source.matchAll(/(?:invalidField\([^,]+, |pointer: [^,]+, code: )'([a-z-]+)'/g)].map((match) => match[1]!);
  expect(problems.filter((code) => !hasProblemText(code))).toEqual([]);
  expect(fields.filter((code) => !hasFieldText(code))).toEqual([]);
  expect(problems.length).toBeGreaterThan(10);
});

it('names every job after the module that it belongs to', () => {
  const jobs = definedJobs().map(({ name }) => name);
  expect(jobs).toContain('messages.send');
  expect(jobs.filter((name) => place(name.split('.')[0]!) < 0)).toEqual([]);
});
