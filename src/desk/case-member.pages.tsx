import type { VNode } from 'preact';
import { AGE_BANDS, INVITABLE_STATES, MEMBER_TRANSITIONS, type MemberState } from '../circle/circle.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { dayOfYear } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { optionsOf, Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

interface Named {
  id: string;
  name: string;
}

/** A main person who rather does not have somebody there, whom another one brings. */
export interface ObjectionView {
  memberId: string;
  about: string;
  by: string;
  /** Local date. */
  on: string;
  remark: string | null;
}

/** A child whose yes, or about whom a yes, still needs the word of who has authority. */
export interface WaitingForGuardian extends Named {
  guardians: readonly string[];
  isMainPerson: boolean;
}

export interface MemberCareProps {
  objections: readonly ObjectionView[];
  guardians: readonly WaitingForGuardian[];
  /** Children who take part without anybody beside them who was said yes to. */
  alone: readonly Named[];
  members: readonly (Named & { state: MemberState; wrongAddress: boolean })[];
}

/** What asks for care around people of the circle: objections, children, and who cannot be reached. Left out when there is nothing. */
export function MemberCareSection({ reference, ...props }: MemberCareProps & { reference: string }): VNode | null {
  const t = useTexts().circleCare;
  const { objections, guardians, alone, members } = props;
  const losable = members.filter(({ state }) => MEMBER_TRANSITIONS[state]['lose-touch']);
  const wrong = losable.filter(({ wrongAddress }) => wrongAddress);
  if (objections.length + guardians.length + alone.length + losable.length === 0) return null;
  return (
    <Section id="zorg" title={t.title}>
      {objections.map((one) => (
        <Objection reference={reference} one={one} />
      ))}
      {guardians.map((one) => (
        <GuardianForm reference={reference} one={one} />
      ))}
      {alone.map(({ name }) => (
        <Notice tone="warning">{t.alone(name)}</Notice>
      ))}
      {wrong.map(({ name }) => (
        <Notice tone="warning">{t.wrongAddress(name)}</Notice>
      ))}
      {losable.length > 0 && <UnreachableForm reference={reference} people={[...wrong, ...losable.filter(({ wrongAddress }) => !wrongAddress)]} />}
    </Section>
  );
}

function Objection({ reference, one }: { reference: string; one: ObjectionView }): VNode {
  const t = useTexts().circleCare;
  const action = address(ROUTES.objectionTalk, { ref: reference, memberId: one.memberId });
  return (
    <div class="task">
      <p dir="auto">{t.objection(one.by, one.about, dayOfYear(one.on))}</p>
      {one.remark && <p dir="auto">{one.remark}</p>}
      <p class="quiet">{t.objectionWhat}</p>
      <Disclosure summary={t.talked} about={t.about(one.about)} actions={[action]}>
        <Form action={action}>
          <TextArea name="note" label={t.note} hint={t.noteHint} optional rows={2} />
          <Button about={t.about(one.about)}>{t.talked}</Button>
        </Form>
      </Disclosure>
    </div>
  );
}

function GuardianForm({ reference, one }: { reference: string; one: WaitingForGuardian }): VNode {
  const t = useTexts().circleCare;
  const action = address(ROUTES.guardianYes, { ref: reference, memberId: one.id });
  return (
    <div class="task">
      <p dir="auto">{one.isMainPerson ? t.guardianMain(one.name) : t.guardian(one.name)}</p>
      {one.guardians.length === 0 ? (
        <p class="quiet">{t.guardianUnknown}</p>
      ) : (
        <Disclosure summary={t.guardianYes} about={t.about(one.name)} actions={[action]}>
          <Form action={action}>
            <Select name="guardian" label={t.who} options={optionsOf(Object.fromEntries(one.guardians.map((name) => [name, name])))} />
            <Button about={t.about(one.name)}>{t.guardianYes}</Button>
          </Form>
        </Disclosure>
      )}
    </div>
  );
}

function UnreachableForm({ reference, people }: { reference: string; people: readonly Named[] }): VNode {
  const t = useTexts().circleCare;
  const action = address(ROUTES.unreachable, { ref: reference });
  return (
    <Disclosure summary={t.unreachable} actions={[action]}>
      <p>{t.unreachableWhat}</p>
      <Form action={action}>
        <Select name="memberId" label={t.who} options={people.map(({ id, name }) => ({ value: id, label: name }))} />
        <TextArea name="note" label={t.tried} hint={t.noteHint} optional rows={2} />
        <Button kind="danger">{t.unreachable}</Button>
      </Form>
    </Disclosure>
  );
}

/** How old somebody is, and who has authority over a child: two at most. */
export function ChildFields(): VNode {
  const t = useTexts().circleCare;
  return (
    <>
      <Select name="ageBand" label={t.age} optional options={optionsOf(t.ageBands, AGE_BANDS)} />
      <TextField name="guardians.0" label={t.guardianOne} hint={t.guardianHint} optional />
      <TextField name="guardians.1" label={t.guardianTwo} optional />
    </>
  );
}

/** What is known of somebody, put right: what is left empty stays as it is. */
export function ChangeMemberForm({ reference, people }: { reference: string; people: readonly Named[] }): VNode | null {
  const all = useTexts();
  const t = all.circleCare;
  const action = address(ROUTES.changeMember, { ref: reference });
  if (people.length === 0) return null;
  return (
    <Disclosure summary={t.change} actions={[action]}>
      <p class="quiet">{t.changeWhat}</p>
      <Form action={action}>
        <div class="fields">
          <Select name="memberId" label={t.who} options={people.map(({ id, name }) => ({ value: id, label: name }))} />
          <TextField name="phone" label={all.deskCase.circle.phone} type="tel" optional />
          <TextField name="email" label={all.deskCase.circle.email} type="email" optional />
          <TextField name="address" label={all.deskCase.circle.address} optional />
          <ChildFields />
        </div>
        <Button>{t.changeSave}</Button>
      </Form>
    </Disclosure>
  );
}

/** Whether a person waits to be asked, or was said yes to and not invited yet: then a guardian's word can still be added. */
export const mayAddGuardian = (state: MemberState): boolean => state === 'proposed' || INVITABLE_STATES.includes(state);
