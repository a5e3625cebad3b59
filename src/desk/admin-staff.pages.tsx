import type { VNode } from 'preact';
import type { Facilitator } from '../cases/handover.dto.js';
import type { SessionItem, StaffMember } from '../people/staff.dto.js';
import { DISABLING_REASONS } from '../people/staff.rules.js';
import { STAFF_ROLES } from '../platform/actor.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { dayOfYear } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { SessionsTable } from './account.pages.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

const TONES = { invited: 'busy', active: 'good', disabled: 'neutral' } as const;

export interface StaffListPageProps {
  frame: Frame;
  staff: readonly StaffMember[];
  nextPage: string | null;
}

/** `/beheer/medewerkers`: who works here or did, and a form to invite somebody. */
export function StaffListPage({ frame, staff, nextPage }: StaffListPageProps): VNode {
  const texts = textsFor(frame.language).admin;
  const t = texts.staff;
  return (
    <Layout frame={frame} title={t.title} audience="staff" width="wide">
      <h1>{t.title}</h1>
      <Table
        caption={t.title}
        captionUnseen
        empty={t.none}
        rows={staff}
        columns={[
          { heading: t.name, names: true, cell: (one) => <a href={address(ROUTES.adminStaffMember, { staffId: one.id })}>{one.name}</a> },
          { heading: t.roles, cell: (one) => one.roles.map((role) => texts.roles[role]).join(', ') },
          { heading: t.email, cell: (one) => one.email },
          { heading: t.state, cell: (one) => <StatusBadge tone={TONES[one.state]}>{t.states[one.state]}</StatusBadge> },
        ]}
      />
      {nextPage && (
        <p>
          <ButtonLink href={nextPage} kind="secondary">
            {t.nextPage}
          </ButtonLink>
        </p>
      )}
      <section class="card" aria-labelledby="uitnodigen">
        <h2 id="uitnodigen">{t.inviteTitle}</h2>
        <p>{t.inviteIntro}</p>
        <Form action={ROUTES.adminStaff}>
          <StaffFields />
          <Button>{t.invite}</Button>
        </Form>
      </section>
    </Layout>
  );
}

function StaffFields({ member }: { member?: StaffMember }): VNode {
  const texts = useTexts().admin;
  const t = texts.staff;
  return (
    <>
      <TextField name="name" label={t.name} value={member?.name} />
      <TextField name="email" label={t.email} type="email" value={member?.email} />
      <TextField name="phone" label={t.phone} type="tel" value={member?.phone} optional />
      <TextField name="employer" label={t.employer} hint={t.employerHint} value={member?.employer} optional />
      <TextField name="languages" label={t.languages} hint={t.languagesHint} value={member?.languages.join(', ')} optional />
      <Choice name="roles" label={t.roles} many value={member?.roles ?? []} options={optionsOf(texts.roles, STAFF_ROLES)} />
    </>
  );
}

export interface StaffMemberPageProps {
  frame: Frame;
  member: StaffMember;
  isSelf: boolean;
  sessions: readonly SessionItem[];
  /** What somebody else would have to take over. */
  carried: { cases: number; duties: number };
  /** Who could. */
  followers: readonly Pick<Facilitator, 'id' | 'name' | 'openCases'>[];
}

/** `/beheer/medewerkers/{id}`: one account. */
export function StaffMemberPage(props: StaffMemberPageProps): VNode {
  const { frame, member, sessions } = props;
  const t = textsFor(frame.language).admin.staff;
  const parts = { staffId: member.id };
  return (
    <Layout frame={frame} title={member.name} audience="staff">
      <div class="page-head">
        <h1 dir="auto">{member.name}</h1>
        <StatusBadge tone={TONES[member.state]}>{t.states[member.state]}</StatusBadge>
      </div>
      <section class="card" aria-labelledby="gegevens">
        <h2 id="gegevens">{t.changeTitle}</h2>
        <Form action={address(ROUTES.adminStaffMember, parts)} hidden={{ version: member.version }}>
          <StaffFields member={member} />
          <Button>{t.save}</Button>
        </Form>
      </section>
      {member.state !== 'disabled' && (
        <section class="card" aria-labelledby="inloggen">
          <h2 id="inloggen">{t.sessionsTitle}</h2>
          <SessionsTable sessions={sessions} />
          {sessions.length > 0 && <FormButton action={address(ROUTES.adminStaffSessions, parts)}>{t.endAll}</FormButton>}
          <FormButton action={address(ROUTES.adminStaffLink, parts)}>{t.sendLink}</FormButton>
        </section>
      )}
      <Closing {...props} />
    </Layout>
  );
}

function Closing({ member, isSelf, carried, followers }: StaffMemberPageProps): VNode {
  const t = useTexts().admin.staff;
  const parts = { staffId: member.id };
  const closing = address(ROUTES.adminStaffDisable, parts);
  if (member.state === 'disabled') {
    return (
      <section class="card" aria-labelledby="account">
        <h2 id="account">{t.closedTitle(dayOfYear(member.disabledAt!))}</h2>
        <FormButton action={address(ROUTES.adminStaffEnable, parts)}>{t.enable}</FormButton>
      </section>
    );
  }
  const carries = carried.cases + carried.duties > 0;
  return (
    <section class="card" aria-labelledby="account">
      <h2 id="account">{t.closeTitle}</h2>
      {isSelf ? (
        <p>{t.notYourself}</p>
      ) : (
        <Disclosure summary={t.close} actions={[closing]}>
          {carries && <Notice tone="warning">{t.carries(carried.cases, carried.duties)}</Notice>}
          <Form action={closing}>
            <Choice name="reason" label={t.reason} options={optionsOf(t.reasons, DISABLING_REASONS)} />
            <TextArea name="remark" label={t.remark} optional rows={2} />
            {carries && (
              <Select
                name="handOverTo"
                label={t.handOverTo}
                options={followers.map(({ id, name, openCases }) => ({ value: id, label: t.follower(name, openCases) }))}
              />
            )}
            <Button kind="danger">{t.closeButton}</Button>
          </Form>
        </Disclosure>
      )}
    </section>
  );
}
