import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** What a page may load: its own style, script and pictures. Nothing inline, nothing from elsewhere, in nobody's frame. */
export const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** A part of a page, for a page that is open. */
export const renderFragment = (part: VNode): string => renderToString(part);

/** A whole HTML document. Every text is escaped by the renderer. */
export const renderPage = (page: VNode): string => `<!doctype html>${renderToString(page)}`;
