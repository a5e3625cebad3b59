import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { before } from '@nestjs/swagger/plugin';
import { transform } from '@swc/core';
import ts from 'typescript';
import { sources } from './swc.mjs';
import { load as loadAsItIs, resolve } from './typescript-hooks.mjs';

export { resolve };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { options } = JSON.parse(readFileSync(`${ROOT}/nest-cli.json`, 'utf8')).compilerOptions.plugins[0];
const parsed = ts.getParsedCommandLineOfConfigFile(`${ROOT}/tsconfig.build.json`, { noEmit: true }, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} });
const program = ts.createProgram({ options: parsed.options, rootNames: parsed.fileNames });
const printer = ts.createPrinter();

/** What is sent and answered, as `nest build` compiles it: with what the types say for the OpenAPI document. */
export async function load(url, context, next) {
  if (!/\.(dto|controller)\.tsx?$/.test(url)) return loadAsItIs(url, context, next);
  const filename = fileURLToPath(url);
  const { transformed } = ts.transform(program.getSourceFile(filename), [before(options, program)], parsed.options);
  const { code } = await transform(printer.printFile(transformed[0]), { ...sources({ tsx: url.endsWith('x') }), filename, swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}
