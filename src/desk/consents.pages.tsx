import type { VNode } from 'preact';
import type { ConsentKind, ConsentState } from '../circle/consents.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor, type Texts } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { dayOfYear, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';

export interface OwnYes {
  id: string;
  kind: ConsentKind;
  given: boolean;
  givenBy: string;
  on: string;
  how: string;
  subject: string | null;
  until: string | null;
  takenBackAt: Instant | null;
  state: ConsentState;
  /** Who may speak, or who may be asked; null where it is not shown. */
  who: string | null;
  aboutMe: boolean;
  canGoBack: boolean;
}

export interface OwnYesPageProps {
  frame: Frame;
  /** Oldest first. */
  yeses: readonly OwnYes[];
  isMainPerson: boolean;
  /** Whether this device is known. */
  known: boolean;
  /** What stands about the figures; null when nothing was said. */
  joins: boolean | null;
}

/** `/mijn/ja` and `/kring/ja`: each yes in plain words, with the way to take it back and what happens then. */
export function OwnYesPage({ frame, yeses, isMainPerson, known, joins }: OwnYesPageProps): VNode {
  const t = textsFor(frame.language).yes.own;
  const standing = yeses.filter(({ state, kind, given }) => state === 'standing' && (kind !== 'micro-analysis' || given));
  const over = yeses.filter(({ state }) => state !== 'standing');
  const back = isMainPerson ? ROUTES.mineYesBack : ROUTES.circleYesBack;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <section class="card" aria-labelledby="geldt">
        <h2 id="geldt">{t.standing}</h2>
        {standing.length === 0 && <p>{t.none}</p>}
        {standing.map((one) => (
          <StandingYes one={one} action={address(back, { consentId: one.id })} isMainPerson={isMainPerson} />
        ))}
      </section>
      {isMainPerson && !known && (
        <Notice tone="info" title={t.deviceTitle}>
          <p>{t.device}</p>
          <p>
            <ButtonLink href={`${ROUTES.device}?next=${encodeURIComponent(ROUTES.mineYes)}`} kind="secondary">
              {textsFor(frame.language).links.device.open}
            </ButtonLink>
          </p>
        </Notice>
      )}
      {isMainPerson && <Figures joins={joins} />}
      {over.length > 0 && (
        <section class="card" aria-labelledby="voorbij">
          <h2 id="voorbij">{t.over}</h2>
          {over.map((one) => (
            <article class="task">
              <h3 dir="auto">{inWords(one, t)}</h3>
              <p>
                <StatusBadge>
                  {one.state === 'taken-back' ? t.takenBack(dayOfYear(one.takenBackAt!)) : t.ended(dayOfYear(one.until!))}
                </StatusBadge>
              </p>
            </article>
          ))}
        </section>
      )}
      <p>
        <a href={isMainPerson ? ROUTES.mine : ROUTES.circle}>{textsFor(frame.language).audit.looks.back}</a>
      </p>
    </Layout>
  );
}

function StandingYes({ one, action, isMainPerson }: { one: OwnYes; action: string; isMainPerson: boolean }): VNode {
  const all = useTexts();
  const t = all.yes.own;
  const approvedMe = one.kind === 'approval' && !isMainPerson;
  return (
    <article class="task">
      <h3 dir="auto">{inWords(one, t)}</h3>
      <p class="quiet" dir="auto">
        {t.since(dayOfYear(one.on))} {t.said(wordFor(t.givenBy, one.givenBy), wordFor(t.how, one.how))} {one.until && t.until(dayOfYear(one.until))}
      </p>
      {one.canGoBack && (
        <Disclosure summary={t.back} about={inWords(one, t)} actions={[action]}>
          <ul>
            {(t.then[one.kind] ?? []).map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
          <FormButton action={action} kind="danger" about={inWords(one, t)}>
            {t.backSure}
          </FormButton>
        </Disclosure>
      )}
      {approvedMe && (
        <p>
          {t.notMe} <a href={ROUTES.removeMe}>{all.desk.circle.removeMe}</a>
        </p>
      )}
      {!one.canGoBack && !approvedMe && <p class="quiet">{t.approvalGone}</p>}
    </article>
  );
}

/** A no costs nothing, and says so. Taking a yes back stands with the yes itself. */
function Figures({ joins }: { joins: boolean | null }): VNode {
  const t = useTexts().yes.own;
  return (
    <section class="card" aria-labelledby="cijfers">
      <h2 id="cijfers">{t.figuresTitle}</h2>
      {t.figures.map((sentence) => (
        <p>{sentence}</p>
      ))}
      {joins !== null && <Notice tone="info">{joins ? t.joins : t.joinsNot}</Notice>}
      {joins !== true && (
        <Form action={ROUTES.mineFigures} class="buttons">
          <Button name="given" value="true" kind="secondary">
            {t.figuresYes}
          </Button>
          {joins === null && (
            <Button name="given" value="false" kind="secondary">
              {t.figuresNo}
            </Button>
          )}
        </Form>
      )}
    </section>
  );
}

function inWords(one: OwnYes, t: Texts['yes']['own']): string {
  switch (one.kind) {
    case 'meeting':
      return t.meeting;
    case 'release':
      return t.release(one.who ?? t.someProfessional, one.subject ?? '');
    case 'approval':
      return one.aboutMe ? t.approvalOfMe : t.approval(one.who ?? '');
    case 'micro-analysis':
      return one.given ? t.joins : t.joinsNot;
  }
}
