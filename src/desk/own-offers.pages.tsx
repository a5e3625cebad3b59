import type { VNode } from 'preact';
import type { Contribution, Help, Passing } from '../plans/offers.dto.js';
import { howOften } from '../plans/rhythm.rules.js';
import { words } from '../texts/nl/desk-words.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { day } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { byWhen, optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { CONTRIBUTION_TONES } from './desk.rules.js';

/** What somebody else promised and the reader is asked to take over. */
export type AskedToTakeOver = Pick<Passing, 'commitmentId' | 'text' | 'dueOn' | 'every' | 'fromName' | 'note'>;

/** What the reader asked another to take over. */
export type AskedOfAnother = Pick<Passing, 'commitmentId' | 'text' | 'toName' | 'state' | 'note'>;

/** What is asked and offered around promises, on the page of one person. */
export interface OwnOffers {
  /** How the case ended; null as long as it goes on. */
  over: 'closed' | 'stopped' | null;
  /** Their own first page, to come back to with a code. */
  home: string;
  /** Whether the device is known; on another one the people of a circle are not named. */
  known: boolean;
  asked: readonly AskedToTakeOver[];
  /** Of what is theirs the last answer; and what others took over. */
  passings: readonly AskedOfAnother[];
  /** Whom they may ask to take something over. */
  askable: readonly { id: string; name: string }[];
  /** What they said themself about help. */
  help: readonly Help[];
  /** Others who could use some. */
  others: readonly Help[];
  /** On a device that is not known: others could use some help. */
  someAsk: boolean;
  /** Whether they may say what they want to do. */
  mayOffer: boolean;
  contributions: readonly Contribution[];
  /** What others want to do for a main person. */
  offered: readonly Contribution[];
}

/** Of a promise, what its parts need. */
interface Promised {
  id: string;
  text: string;
}

/** Above all: there is nothing to do any more. */
export function CaseOver({ over }: Pick<OwnOffers, 'over'>): VNode | null {
  const t = useTexts().ownOffers.over;
  return over && <Notice tone="info">{t[over]}</Notice>;
}

/** What the reader is asked to take over: yes or "liever niet", one tap each. */
export function TakingOver({ asked }: Pick<OwnOffers, 'asked'>): VNode | null {
  const all = useTexts();
  const t = all.ownOffers.takeOver;
  if (asked.length === 0) return null;
  return (
    <section class="card" aria-labelledby="overnemen">
      <h2 id="overnemen">{t.title}</h2>
      <p class="quiet">{t.intro}</p>
      {asked.map(({ commitmentId, text, dueOn, every, fromName, note }) => (
        <article class="task">
          <h3 dir="auto">{text}</h3>
          <p class="quiet">{byWhen(all, { every, dueOn })}</p>
          {fromName && (
            <p>
              <bdi>{t.from(fromName)}</bdi>
            </p>
          )}
          {note && <blockquote dir="auto">{note}</blockquote>}
          <Form action={address(ROUTES.ownTakingOver, { commitmentId })} class="buttons">
            <Button name="yes" value="true" about={text}>
              {t.yes}
            </Button>
            <Button kind="secondary" name="yes" value="false" about={text}>
              {t.no}
            </Button>
          </Form>
        </article>
      ))}
    </section>
  );
}

/** Under a promise: what came of asking another, and of asking help. */
export function WhatWasAsked({ promised: { id }, offers }: { promised: Promised; offers: OwnOffers }): VNode {
  const t = useTexts().ownOffers;
  const passing = offers.passings.find(({ commitmentId }) => commitmentId === id);
  const help = offers.help.find(({ commitmentId }) => commitmentId === id);
  return (
    <>
      {passing && (
        <p>
          <bdi>{passing.state === 'declined' ? t.passing.declined(passing.toName) : t.passing.waits(passing.toName)}</bdi>
        </p>
      )}
      {help && <p>{help.shared ? t.help.saidShared : t.help.saidAlone}</p>}
      {help?.text && <blockquote dir="auto">{help.text}</blockquote>}
      {help?.offers.map(({ memberName, text }) => (
        <>
          <p>
            <bdi>{t.help.offer(memberName)}</bdi>
          </p>
          {text && <blockquote dir="auto">{text}</blockquote>}
        </>
      ))}
    </>
  );
}

/** "Iemand anders vragen": who takes it over, with a word for them. */
export function PassingOn({ promised: { id, text }, offers }: { promised: Promised; offers: OwnOffers }): VNode {
  const t = useTexts().ownOffers.passing;
  const action = address(ROUTES.ownPassing, { commitmentId: id });
  const asked = offers.passings.some(({ commitmentId }) => commitmentId === id);
  return (
    <Disclosure summary={asked ? t.again : t.summary} about={text} actions={[action]}>
      {offers.askable.length > 0 && (
        <Form action={action}>
          <p>{t.intro}</p>
          <Choice name="memberId" label={t.who} options={offers.askable.map((person) => ({ value: person.id, label: person.name }))} />
          <TextArea name="note" label={t.note} hint={t.noteHint} optional rows={2} />
          <Button kind="secondary">{t.send}</Button>
        </Form>
      )}
      {offers.known ? <p class="quiet">{t.nobody}</p> : <AskCode why={t.code} home={offers.home} />}
    </Disclosure>
  );
}

/** "Ik kan hulp gebruiken": for the facilitator, and for the circle when its person says so. */
export function AskingHelp({ promised: { id, text }, offers }: { promised: Promised; offers: OwnOffers }): VNode {
  const t = useTexts().ownOffers.help;
  const action = address(ROUTES.ownHelp, { commitmentId: id });
  const said = offers.help.find(({ commitmentId }) => commitmentId === id);
  return (
    <Disclosure summary={said ? t.change : t.summary} about={text} actions={[action]}>
      <Form action={action}>
        <TextArea name="text" label={t.text} value={said?.text} optional rows={2} />
        <Choice name="share" label={t.share} hint={t.shareHint} value={String(said?.shared ?? false)} options={optionsOf(t.shares, ['false', 'true'])} />
        <Button kind="secondary">{said ? t.save : t.send}</Button>
      </Form>
    </Disclosure>
  );
}

/** What others do now that the reader asked them to. */
export function TakenOver({ passings }: Pick<OwnOffers, 'passings'>): VNode {
  const t = useTexts().ownOffers.passing;
  return (
    <>
      {passings
        .filter(({ state }) => state === 'accepted')
        .map(({ toName, text }) => (
          <p class="quiet">
            <bdi>{t.accepted(toName)}</bdi> <bdi>{text}</bdi>
          </p>
        ))}
    </>
  );
}

/** Others who could use some help: "ik help mee", with or without a word. */
export function OthersAskHelp({ offers: { others, someAsk, home } }: { offers: OwnOffers }): VNode | null {
  const t = useTexts().ownOffers.others;
  if (others.length === 0 && !someAsk) return null;
  return (
    <section class="card" aria-labelledby="helpen">
      <h2 id="helpen">{t.title}</h2>
      {someAsk ? <AskCode why={t.code} home={home} /> : <p class="quiet">{t.intro}</p>}
      {others.map((help) => (
        <article class="task" id={`hulp-${help.commitmentId}`}>
          <h3 dir="auto">{help.what}</h3>
          <p class="quiet">
            <bdi>{t.who(help.memberName)}</bdi>
          </p>
          {help.text && <blockquote dir="auto">{help.text}</blockquote>}
          <OwnHelping help={help} />
        </article>
      ))}
    </section>
  );
}

/** One tap says yes; with what comes after it. */
function OwnHelping({ help: { commitmentId, memberName, what, offers } }: { help: Help }): VNode {
  const t = useTexts().ownOffers.others;
  const action = address(ROUTES.ownHelping, { commitmentId });
  const own = offers[0];
  if (!own) {
    return (
      <FormButton action={action} kind="primary" about={what}>
        {t.send}
      </FormButton>
    );
  }
  return (
    <>
      <p>
        <bdi>{t.said(memberName)}</bdi>
      </p>
      {own.text && <blockquote dir="auto">{own.text}</blockquote>}
      <Disclosure summary={own.text ? t.change : t.add} about={what} actions={[action]}>
        <Form action={action}>
          <TextArea name="text" label={t.text} value={own.text} rows={2} />
          <Button kind="secondary">{t.save}</Button>
        </Form>
      </Disclosure>
    </>
  );
}

/** Where everyone says for themself what they want to do: what they offered, and room for more. */
export function WhatIOffer({ offers: { mayOffer, contributions } }: { offers: OwnOffers }): VNode | null {
  const t = useTexts().ownOffers.offering;
  if (!mayOffer && contributions.length === 0) return null;
  const waitsOpen = contributions.some(({ openOffer, state }) => openOffer && state === 'offered');
  return (
    <section class="card warm" aria-labelledby="aanbod">
      <h2 id="aanbod">{t.title}</h2>
      {mayOffer && <p class="quiet">{t.intro}</p>}
      {contributions.length > 0 && <OfferedBefore contributions={contributions} />}
      {mayOffer && (contributions.length > 0 ? <Disclosure summary={t.more} actions={[ROUTES.ownContribution]}><OfferForm /></Disclosure> : <OfferForm />)}
      {mayOffer && !waitsOpen && (
        <>
          <p>{t.unsure}</p>
          <FormButton action={ROUTES.ownContribution} hidden={{ openOffer: 'true' }}>
            {t.open}
          </FormButton>
        </>
      )}
    </section>
  );
}

function OfferedBefore({ contributions }: Pick<OwnOffers, 'contributions'>): VNode {
  const t = useTexts().ownOffers.offering;
  return (
    <>
      <h3>{t.mine}</h3>
      <ul class="plain">
        {contributions.map((one) => (
          <li>
            <bdi>{one.text ?? t.open}</bdi> <Rhythm contribution={one} />{' '}
            <StatusBadge tone={CONTRIBUTION_TONES[one.state]}>{t.states[one.state]}</StatusBadge>
          </li>
        ))}
      </ul>
    </>
  );
}

function OfferForm(): VNode {
  const t = useTexts().ownOffers.offering;
  return (
    <Form action={ROUTES.ownContribution}>
      <TextArea name="text" label={t.text} hint={t.textHint} rows={2} />
      <Select name="every" label={t.every} optional options={optionsOf(words.every)} />
      <TextField name="dueOn" label={t.dueOn} type="date" optional size="short" />
      <Button>{t.send}</Button>
    </Form>
  );
}

/** What people want to do for a main person, who says yes or "liever niet". */
export function WhatPeopleOffer({ offered }: Pick<OwnOffers, 'offered'>): VNode | null {
  const t = useTexts().ownOffers.offered;
  if (offered.length === 0) return null;
  return (
    <section class="card warm" aria-labelledby="aangeboden">
      <h2 id="aangeboden">{t.title}</h2>
      <p class="quiet">{t.intro}</p>
      {offered.map((one) => (
        <Offered contribution={one} />
      ))}
    </section>
  );
}

function Offered({ contribution }: { contribution: Contribution }): VNode {
  const t = useTexts().ownOffers.offered;
  const { id, text, memberName } = contribution;
  const about = text ?? t.open(memberName);
  return (
    <article class="task" id={`aanbod-${id}`}>
      <h3 dir="auto">{about}</h3>
      {text && (
        <p class="quiet">
          <bdi>{t.from(memberName)}</bdi>
          {(contribution.every || contribution.dueOn) && ', '}
          <Rhythm contribution={contribution} />
        </p>
      )}
      <Form action={address(ROUTES.mineContribution, { contributionId: id })}>
        {!text && <TextArea name="text" label={t.ask(memberName)} hint={t.askHint} rows={2} />}
        <div class="buttons">
          <Button name="accept" value="true" about={about}>
            {t.yes}
          </Button>
          <Button kind="secondary" name="accept" value="false" about={about}>
            {t.no}
          </Button>
        </div>
      </Form>
    </article>
  );
}

function Rhythm({ contribution: { every, dueOn } }: { contribution: Contribution }): VNode {
  const before = useTexts().desk.circle.before;
  return <span class="quiet">{[every && howOften(every), dueOn && before(day(dueOn))].filter(Boolean).join(', ')}</span>;
}

/** Names of the circle are for a device that is known; the code is asked for here, and one comes back. */
function AskCode({ why, home }: { why: string; home: string }): VNode {
  const t = useTexts().links.device;
  return (
    <>
      <p class="quiet">{why}</p>
      <p>
        <ButtonLink href={`${ROUTES.device}?next=${encodeURIComponent(home)}`} kind="secondary">
          {t.open}
        </ButtonLink>
      </p>
    </>
  );
}
