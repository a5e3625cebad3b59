import type { VNode } from 'preact';
import type { Template } from '../messages/templates.rules.js';
import { textsFor } from '../texts/texts.js';
import { ButtonLink } from '../web/components/button.js';
import { FormButton } from '../web/components/form.js';
import { Table } from '../web/components/table.js';
import { shortDay, time } from '../web/format.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import type { FailureKind } from './admin-messages.rules.js';
import { address, ROUTES } from './desk.routes.js';

export interface UndeliveredMessage {
  id: string;
  template: Template;
  channel: string;
  /** Enough to recognise the address, not to use it. */
  to: string;
  state: string;
  failure: FailureKind;
  attempts: number;
  createdAt: Date;
}

export interface AdminMessagesPageProps {
  frame: Frame;
  messages: readonly UndeliveredMessage[];
  nextPage: string | null;
}

/** `/beheer/berichten`: what did not arrive, why, and a button to send it again. Never what it said, or to whom in full. */
export function AdminMessagesPage({ frame, messages, nextPage }: AdminMessagesPageProps): VNode {
  const { messages: t, texts } = textsFor(frame.language).admin;
  return (
    <Layout frame={frame} title={t.title} audience="staff" width="wide">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <Table
        caption={t.title}
        captionUnseen
        empty={t.none}
        rows={messages}
        columns={[
          { heading: t.what, names: true, cell: ({ template, channel }) => `${texts.names[template]} (${t.channels[channel] ?? channel})` },
          { heading: t.to, cell: ({ to }) => <bdi>{to}</bdi> },
          { heading: t.since, cell: ({ createdAt }) => `${shortDay(createdAt)} ${time(createdAt)}` },
          {
            heading: t.why,
            cell: ({ failure, attempts }) => (
              <>
                {t.failures[failure]} <small>{t.tries(attempts)}</small>
              </>
            ),
          },
          { heading: t.state, cell: ({ state }) => t.states[state] },
          {
            heading: t.act,
            cell: ({ id, template, to }) => (
              <FormButton action={address(ROUTES.adminMessageAgain, { messageId: id })} about={t.about(texts.names[template], to)}>
                {t.again}
              </FormButton>
            ),
          },
        ]}
      />
      {nextPage && (
        <p>
          <ButtonLink href={nextPage} kind="secondary">
            {t.nextPage}
          </ButtonLink>
        </p>
      )}
    </Layout>
  );
}
