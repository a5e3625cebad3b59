import type { VNode } from 'preact';
import type { SessionItem } from '../people/staff.dto.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Table } from '../web/components/table.js';
import { day, time } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';

export interface AccountPageProps {
  frame: Frame;
  sessions: readonly SessionItem[];
}

/** `/mijn-account`: what one who works here may do, where they are signed in, and their password. */
export function AccountPage({ frame, sessions }: AccountPageProps): VNode {
  const t = textsFor(frame.language).admin;
  return (
    <Layout frame={frame} title={t.account.title} audience="staff" width="wide">
      <h1>{t.account.title}</h1>
      {frame.user && (
        <section class="card" aria-labelledby="rollen">
          <h2 id="rollen">{t.account.may}</h2>
          <ul>
            {frame.user.roles.map((role) => (
              <li>{t.roles[role]}</li>
            ))}
          </ul>
        </section>
      )}
      <section class="card" aria-labelledby="sessies">
        <h2 id="sessies">{t.account.sessionsTitle}</h2>
        <p>{t.account.sessionsIntro}</p>
        <SessionsTable sessions={sessions} own />
      </section>
      <section class="card" aria-labelledby="wachtwoord">
        <h2 id="wachtwoord">{t.account.passwordTitle}</h2>
        <p>{t.account.passwordIntro}</p>
        <Form action={ROUTES.accountPassword}>
          <TextField name="current" label={t.account.currentPassword} type="password" autocomplete="current-password" />
          <TextField name="next" label={t.account.nextPassword} hint={t.welcome.hint} type="password" autocomplete="new-password" />
          <Button>{t.account.change}</Button>
        </Form>
      </section>
    </Layout>
  );
}

/** Where somebody is signed in; one's own can be ended one by one. */
export function SessionsTable({ sessions, own = false }: { sessions: readonly SessionItem[]; own?: boolean }): VNode {
  const all = useTexts();
  const t = all.admin.account;
  const moment = (instant: string): string => all.web.dates.at(day(instant), time(instant));
  const end = {
    heading: t.end,
    acts: true,
    cell: ({ id, current, createdAt }: SessionItem) =>
      current ? (
        t.current
      ) : (
        <FormButton action={address(ROUTES.accountSession, { sessionId: id })} about={moment(createdAt)}>
          {t.end}
        </FormButton>
      ),
  };
  return (
    <Table
      caption={t.sessionsTitle}
      captionUnseen
      empty={t.none}
      rows={sessions}
      columns={[
        { heading: t.sessionSince, names: true, cell: (one) => moment(one.createdAt) },
        { heading: t.sessionUntil, cell: (one) => moment(one.expiresAt) },
        { heading: t.sessionHow, cell: (one) => (one.signedInBy ? t.signedInBy[one.signedInBy] : t.unknownHow) },
        ...(own ? [end] : []),
      ]}
    />
  );
}
