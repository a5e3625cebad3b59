import type { VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { ROUTES } from './desk.routes.js';

/** The parts of `/beheer` in their order; the words stand in `texts.admin.start.parts`. */
const PARTS = [
  { href: ROUTES.adminStaff, key: 'staff' },
  { href: ROUTES.retention, key: 'retention' },
  { href: ROUTES.adminMessages, key: 'messages' },
  { href: ROUTES.adminTexts, key: 'texts' },
  { href: ROUTES.adminLog, key: 'log' },
] as const;

/** `/beheer`: where everything is that an admin arranges. */
export function AdminStartPage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).admin.start;
  return (
    <Layout frame={frame} title={t.title} audience="staff">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      {PARTS.map(({ href, key }) => {
        const [name, sentence] = t.parts[key];
        return (
          <section class="card" aria-labelledby={`deel-${key}`}>
            <h2 id={`deel-${key}`}>
              <a href={href}>{name}</a>
            </h2>
            <p>{sentence}</p>
          </section>
        );
      })}
    </Layout>
  );
}
