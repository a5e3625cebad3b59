import type { VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';

/** `GET /welkom/{token}`: mail scanners follow links, so this page changes nothing; its form sets the password. */
export function WelcomePage({ frame, token, name }: { frame: Frame; token: string; name: string }): VNode {
  const t = textsFor(frame.language).admin.welcome;
  return (
    <Layout frame={frame} title={t.title} audience="everyone">
      <h1 dir="auto">{t.heading(name)}</h1>
      <p class="lead">{t.intro}</p>
      <div class="card">
        <Form action={address(ROUTES.welcome, { token })}>
          <TextField name="password" label={t.password} hint={t.hint} type="password" autocomplete="new-password" />
          <Button>{t.button}</Button>
        </Form>
      </div>
      <p class="quiet">{t.notMe}</p>
    </Layout>
  );
}

/** A link that was used, is over, or was never there: the same page for all. */
export function WelcomeEndedPage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).admin.welcome;
  return (
    <Layout frame={frame} title={t.endedTitle} audience="everyone">
      <h1>{t.endedTitle}</h1>
      <p class="lead">{t.ended}</p>
      <p>
        <a href={ROUTES.forgotten}>{t.askAgain}</a>
      </p>
    </Layout>
  );
}

/** `/wachtwoord-vergeten`. What it says afterwards is the same, whether or not there is such an account. */
export function ForgottenPage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).admin.forgotten;
  return (
    <Layout frame={frame} title={t.title} audience="everyone">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <div class="card">
        <Form action={ROUTES.forgotten}>
          <TextField name="email" label={t.email} type="email" autocomplete="username" />
          <Button>{t.button}</Button>
        </Form>
      </div>
      <p>
        <a href={ROUTES.signIn}>{t.back}</a>
      </p>
    </Layout>
  );
}
