import type { VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { ROUTES } from './desk.routes.js';

export interface SignInPageProps {
  frame: Frame;
  /** The page that was asked for: a path of our own, checked by the service. */
  next?: string | null;
  /** The accounts of the demo; left out in production. */
  demo?: { emails: readonly string[]; password: string } | null;
  /** Whether one can sign in at one's own organisation (OpenID Connect). */
  elsewhere?: boolean;
  /** Whether one can sign in with a password of ours. */
  here?: boolean;
}

/** `/inloggen`. A refusal comes as `frame.failed` with one message: it never says which of the two was wrong. */
export function SignInPage({ frame, next, demo, elsewhere = false, here = true }: SignInPageProps): VNode {
  const { desk, signIn } = textsFor(frame.language);
  const t = desk.signIn;
  return (
    <Layout frame={frame} title={t.title} audience="everyone">
      <h1>{t.title}</h1>
      <p>{t.intro}</p>
      {frame.done === 'signed-out-here' && (
        <p>
          <a href={ROUTES.signOutOidc}>{signIn.signOutThere}</a>
        </p>
      )}
      {elsewhere && (
        <div class="card">
          <p>{signIn.elsewhereIntro}</p>
          <ButtonLink href={next ? `${ROUTES.signInOidc}?next=${encodeURIComponent(next)}` : ROUTES.signInOidc}>
            {signIn.elsewhere}
          </ButtonLink>
        </div>
      )}
      {elsewhere && here && <h2>{signIn.orHere}</h2>}
      {here && (
        <div class="card">
          <Form action={ROUTES.signIn} hidden={{ next }}>
            <TextField name="email" label={t.email} type="email" autocomplete="username" />
            <TextField name="password" label={t.password} type="password" autocomplete="current-password" />
            <Button>{t.button}</Button>
          </Form>
          <p>
            <a href={ROUTES.forgotten}>{t.forgotten}</a>
          </p>
        </div>
      )}
      {demo && here && (
        <section class="card calm">
          <p>{t.demo}</p>
          <ul>
            {demo.emails.map((email) => (
              <li>
                <code>{email}</code>
              </li>
            ))}
          </ul>
          <p>
            {t.password}: <code>{demo.password}</code>
          </p>
        </section>
      )}
    </Layout>
  );
}
