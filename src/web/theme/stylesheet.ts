import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const library = createRequire(require.resolve('@utrecht/component-library-css/dist/html.css'));

/** The parts of the Utrecht library that pages name by class; `html.css` styles plain elements. */
const COMPONENTS = [
  'button',
  'button-link',
  'skip-link',
  'alert',
  'status-badge',
  'form-field',
  'form-field-description',
  'form-field-error-message',
];

const read = (path: string | URL): string => readFileSync(path, 'utf8');
const own = (name: string): string => read(new URL(name, import.meta.url));

/**
 * One stylesheet: the theme's tokens, our tokens over them, the Utrecht components, our own rules. The theme has some
 * 3,500 tokens for every component there is; only those that our rules lead to travel along.
 */
export function stylesheet(): string {
  const tokens = own('./tokens.css');
  const rules = [
    read(require.resolve('@utrecht/component-library-css/dist/html.css')),
    ...COMPONENTS.map((name) => read(library.resolve(`@utrecht/${name}-css/dist/index.css`))),
    own('./site.css'),
    own('./forms.css'),
    own('./parts.css'),
    own('./chairing.css'),
    own('./work.css'),
  ].join('\n');
  const theme = read(require.resolve('@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css'));
  return minified(`${usedTokens(theme, tokens + rules)}${tokens}${rules}`);
}

/** The theme without the tokens that nothing refers to, directly or through another token. */
export function usedTokens(theme: string, rules: string): string {
  const values = new Map([...theme.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!]));
  const needed = new Set<string>();
  const open = references(rules);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    open.push(...references(values.get(name) ?? ''));
  }
  const kept = [...values].filter(([name]) => needed.has(name)).map(([name, value]) => `${name}:${value};`);
  return `.voorbeeld-theme{${kept.join('')}}`;
}

const references = (css: string): string[] => [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((found) => found[1]!);

/** Without comments and indentation. The licences stand in the packages and in the README. */
const minified = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@charset "[^"]*";/g, '')
    .replace(/\s*\n\s*/g, '\n')
    .replace(/\n+/g, '\n')
    .replace(/([{};,])\n/g, '$1')
    .replace(/ \{/g, '{')
    .replace(/\n\}/g, '}')
    .trim();
