import type { VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';

/** `/mijn-account`: what one who works here may do, and where referrers and analysts begin. */
export function AccountPage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).admin;
  return (
    <Layout frame={frame} title={t.account.title} audience="staff">
      <h1>{t.account.title}</h1>
      {frame.user && (
        <ul>
          {frame.user.roles.map((role) => (
            <li>{t.roles[role]}</li>
          ))}
        </ul>
      )}
    </Layout>
  );
}
