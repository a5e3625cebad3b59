import type { VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import { ButtonLink } from '../web/components/button.js';
import { readable, telephone } from '../web/format.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { ROUTES } from './desk.routes.js';

export interface StartPageProps {
  frame: Frame;
  /** How to reach the organisation; what is not known is left out. */
  phone: string | null;
  email: string | null;
}

/** `/`: what this is in three sentences, how to refer, where professionals sign in. */
export function StartPage({ frame, phone, email }: StartPageProps): VNode {
  const t = textsFor(frame.language).desk.start;
  return (
    <Layout frame={frame} title={t.title} audience="everyone">
      <h1>{t.heading}</h1>
      <div class="lead">
        {t.sentences.map((sentence) => (
          <p>{sentence}</p>
        ))}
      </div>
      <section class="card warm" aria-labelledby="aanmelden">
        <h2 id="aanmelden">{t.referTitle}</h2>
        <p>{t.referResident}</p>
        <p>{t.referOther}</p>
        <p>
          <ButtonLink href={ROUTES.refer}>{t.refer}</ButtonLink>
        </p>
        {(phone ?? email) && <p>{t.referCall}</p>}
        <ul class="plain">
          {phone && (
            <li>
              {t.call} <a href={telephone(phone)}>{readable(phone)}</a>
            </li>
          )}
          {email && (
            <li>
              {t.mail} <a href={`mailto:${email}`}>{email}</a>
            </li>
          )}
        </ul>
        <ButtonLink href={ROUTES.signIn} kind="secondary">
          {t.signIn}
        </ButtonLink>
      </section>
      <h2>{t.stepsTitle}</h2>
      <ol class="steps">
        {t.steps.map(([name, what]) => (
          <li>
            <strong>{name}</strong>
            <span>{what}</span>
          </li>
        ))}
      </ol>
    </Layout>
  );
}
