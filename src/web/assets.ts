import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { stylesheet } from './theme/stylesheet.js';

interface Asset {
  /** The name in the address, with a digest of the content: it may be kept for ever. */
  fileName: string;
  contentType: string;
  bodies: Record<'br' | 'gzip' | 'identity', Buffer>;
}

/** Good and quick: the best quality costs half a second at every start for one percent. */
const BROTLI_QUALITY = 9;

const own = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

function asset(name: string, contentType: string, content: string): Asset {
  const identity = Buffer.from(content);
  const digest = createHash('sha256').update(identity).digest('hex').slice(0, 12);
  return {
    fileName: name.replace('.', `.${digest}.`),
    contentType,
    bodies: {
      identity,
      gzip: gzipSync(identity, { level: 9 }),
      br: brotliCompressSync(identity, {
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
      }),
    },
  };
}

const ASSETS = {
  'site.css': asset('site.css', 'text/css; charset=utf-8', stylesheet()),
  'site.js': asset('site.js', 'text/javascript; charset=utf-8', own('./theme/site.js')),
  'icon.svg': asset('icon.svg', 'image/svg+xml', own('./theme/icon.svg')),
};

const BY_FILE_NAME = new Map(Object.values(ASSETS).map((one) => [one.fileName, one]));

export type AssetName = keyof typeof ASSETS;

/** Where a page finds one of our files. */
export const assetPath = (name: AssetName): string => `/assets/${ASSETS[name].fileName}`;

/** How many bytes of it travel to a browser of today. */
export const assetSize = (name: AssetName): number => ASSETS[name].bodies.br.length;

/** Serves `/assets/…`: compressed once at start, kept by browsers for ever because the name changes with the content. */
export function registerAssets(fastify: FastifyInstance): void {
  fastify.get<{ Params: { file: string } }>('/assets/:file', (request, reply) => {
    const found = BY_FILE_NAME.get(request.params.file);
    if (!found) return reply.callNotFound();
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
    reply.header('content-type', found.contentType);
    reply.header('cache-control', 'public, max-age=31536000, immutable');
    reply.header('vary', 'accept-encoding');
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    return reply.send(found.bodies[encoding]);
  });
}
