import type { VNode } from 'preact';
import type { GivenConsent, NoticeTold } from '../circle/consents.dto.js';
import { WITHDRAWAL_REASONS } from '../circle/consents.rules.js';
import type { ContactRestriction } from '../circle/restrictions.dto.js';
import { RESTRICTION_MODES } from '../circle/restrictions.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { dayOfYear } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { optionsOf, Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

interface Person {
  id: string;
  name: string;
}

export interface YesesProps {
  today: string;
  /** Who are in it now. */
  people: readonly Person[];
  professionals: readonly Person[];
  mainPersons: readonly Person[];
  /** What everyone is called, those who left too. */
  names: ReadonlyMap<string, string>;
  /** Oldest first. */
  yeses: readonly GivenConsent[];
  notices: readonly NoticeTold[];
}

export interface RestrictionsProps {
  people: readonly Person[];
  names: ReadonlyMap<string, string>;
  restrictions: readonly ContactRestriction[];
}

const choices = (people: readonly Person[]): { value: string; label: string }[] => people.map(({ id, name }) => ({ value: id, label: name }));

/** What each person said yes to, for the facilitator, who notes what is said in conversation. */
export function YesSection({ reference, ...props }: YesesProps & { reference: string }): VNode {
  const t = useTexts().yes.desk;
  const { names, yeses, notices } = props;
  return (
    <Section id="ja" title={t.title}>
      <p class="quiet">{t.intro}</p>
      {yeses.length === 0 && <p>{t.none}</p>}
      {yeses.map((one) => (
        <YesItem reference={reference} one={one} names={names} />
      ))}
      <ReleaseForm reference={reference} {...props} />
      <FiguresForm reference={reference} {...props} />
      <Disclosure summary={t.told}>
        {notices.length === 0 ? (
          <p>{t.toldNone}</p>
        ) : (
          <ul>
            {notices.map((one) => (
              <li dir="auto">{t.toldLine(names.get(one.memberId) ?? t.someone, wordFor(t.ways, one.way), dayOfYear(one.toldAt))}</li>
            ))}
          </ul>
        )}
      </Disclosure>
    </Section>
  );
}

function YesItem({ reference, one, names }: { reference: string; one: GivenConsent; names: YesesProps['names'] }): VNode {
  const t = useTexts().yes.desk;
  const action = address(ROUTES.noteYesBack, { ref: reference, consentId: one.id });
  const name = names.get(one.memberId) ?? t.someone;
  const words = one.kind === 'release'
    ? t.release(names.get(one.professionalMemberId ?? '') ?? t.someone, one.subject ?? '')
    : one.given ? wordFor(t.kinds, one.kind) : t.joinsNot;
  const said = `${t.said(dayOfYear(one.on), wordFor(t.how, one.how))}, ${wordFor(t.givenBy, one.givenBy)}`;
  return (
    <div class="task">
      <p dir="auto">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        : {words} <StatusBadge tone={one.state === 'standing' ? 'good' : 'neutral'}>{wordFor(t.states, one.state)}</StatusBadge>
      </p>
      <p class="quiet" dir="auto">
        {[said, one.until && t.until(dayOfYear(one.until))].filter(Boolean).join(', ')}
      </p>
      {one.takenBackAt && (
        <p class="quiet" dir="auto">
          {[t.takenBack(dayOfYear(one.takenBackAt)), wordFor(t.reasons, one.reason), one.remark].filter(Boolean).join('. ')}
        </p>
      )}
      {one.state === 'standing' && (
        <Disclosure summary={t.back} about={t.about(name)} actions={[action]}>
          <Form action={action}>
            <Select name="reason" label={t.reason} value="own-wish" options={optionsOf(t.reasons, WITHDRAWAL_REASONS)} />
            <TextArea name="remark" label={t.remark} hint={t.remarkHint} optional rows={2} />
            <Button kind="danger" about={t.about(name)}>
              {t.back}
            </Button>
          </Form>
        </Disclosure>
      )}
    </div>
  );
}

function ReleaseForm({ reference, people, professionals }: YesesProps & { reference: string }): VNode {
  const t = useTexts().yes.desk;
  const action = address(ROUTES.noteRelease, { ref: reference });
  return (
    <Disclosure summary={t.releaseTitle} actions={[action]}>
      <Form action={action}>
        <Select name="memberId" label={t.who} options={choices(people)} />
        <Select name="professionalMemberId" label={t.professional} options={choices(professionals)} />
        <TextField name="subject" label={t.subject} hint={t.subjectHint} />
        <TextField name="until" type="date" label={t.untilLabel} />
        <Button>{t.save}</Button>
      </Form>
    </Disclosure>
  );
}

function FiguresForm({ reference, mainPersons, today }: YesesProps & { reference: string }): VNode {
  const t = useTexts().yes.desk;
  const action = address(ROUTES.noteFigures, { ref: reference });
  return (
    <Disclosure summary={t.figuresTitle} actions={[action]}>
      <Form action={action}>
        <Select name="memberId" label={t.who} options={choices(mainPersons)} />
        <Choice name="given" label={t.given} options={optionsOf(t.givenWords, ['true', 'false'])} />
        <TextField name="on" type="date" label={t.on} value={today} />
        <Select name="how" label={t.howLabel} value="conversation" options={optionsOf(t.how, ['conversation', 'letter', 'mail'])} />
        <Button>{t.save}</Button>
      </Form>
    </Disclosure>
  );
}

/** Who must not meet whom: for the facilitator only. */
export function RestrictionsSection({ reference, people, names, restrictions }: RestrictionsProps & { reference: string }): VNode {
  const all = useTexts().yes;
  const t = all.apart;
  const action = address(ROUTES.keepApart, { ref: reference });
  return (
    <Section id="uit-elkaar" title={t.title}>
      <p class="quiet">{t.intro}</p>
      {restrictions.length === 0 && <p>{t.none}</p>}
      {restrictions.map((one) => {
        const pair = t.pair(...(one.memberIds.map((id) => names.get(id) ?? all.desk.someone) as [string, string]));
        return <Pair reference={reference} one={one} pair={pair} />;
      })}
      <Disclosure summary={t.add} actions={[action]}>
        <Form action={action}>
          <div class="fields">
            <Select name="memberIds.0" label={t.one} options={choices(people)} />
            <Select name="memberIds.1" label={t.other} options={choices(people)} />
          </div>
          <Choice name="mode" label={t.mode} options={optionsOf(t.modes, RESTRICTION_MODES)} />
          <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={2} />
          <Button>{t.save}</Button>
        </Form>
      </Disclosure>
    </Section>
  );
}

function Pair({ reference, one, pair }: { reference: string; one: ContactRestriction; pair: string }): VNode {
  const t = useTexts().yes.apart;
  const action = address(ROUTES.endApart, { ref: reference, restrictionId: one.id });
  return (
    <div class="task">
      <p dir="auto">
        <strong>{pair}</strong>{' '}
        <StatusBadge tone={one.endedAt ? 'neutral' : 'attention'}>
          {one.endedAt ? t.ended(dayOfYear(one.endedAt)) : wordFor(t.modes, one.mode)}
        </StatusBadge>
      </p>
      <p dir="auto">{one.reason}</p>
      <p class="quiet" dir="auto">
        {[t.since(dayOfYear(one.createdAt)), one.remark].filter(Boolean).join('. ')}
      </p>
      {!one.endedAt && (
        <Disclosure summary={t.end} about={pair} actions={[action]}>
          <p>{t.endSure}</p>
          <Form action={action}>
            <TextArea name="remark" label={t.remark} optional rows={2} />
            <Button kind="danger" about={pair}>
              {t.end}
            </Button>
          </Form>
        </Disclosure>
      )}
    </div>
  );
}
