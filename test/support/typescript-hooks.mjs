import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { sources } from './swc.mjs';

/** Imports name the compiled file (`./x.js`); the source beside it is `x.ts` or `x.tsx`. */
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL) {
    for (const suffix of ['.ts', '.tsx']) {
      const source = new URL(specifier.replace(/\.js$/, suffix), context.parentURL);
      if (source.protocol === 'file:' && existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    }
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    ...sources({ tsx: url.endsWith('x') }),
    filename,
    swcrc: false,
  });
  return { format: 'module', source: code, shortCircuit: true };
}
