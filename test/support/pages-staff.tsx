import type { VNode } from 'preact';
import { AccountPage } from '../../src/desk/account.pages.js';
import { AgendaPage, ShownFeedPage } from '../../src/desk/agenda.pages.js';
import { StaffListPage, StaffMemberPage } from '../../src/desk/admin-staff.pages.js';
import { LeadFiguresPage } from '../../src/desk/lead-figures.pages.js';
import { HandoverPage, LeadPage } from '../../src/desk/lead.pages.js';
import { ForgottenPage, WelcomeEndedPage, WelcomePage } from '../../src/desk/password.pages.js';
import type { StaffMember } from '../../src/people/staff.dto.js';
import { asWritten, frameOf, lawClocks, staff, type Say } from './pages-parts.js';

const sessions = [
  { id: 's1', createdAt: '2026-11-16T08:30:00Z', expiresAt: '2026-11-16T20:30:00Z', signedInBy: 'password' as const, current: true },
  { id: 's2', createdAt: '2026-11-16T07:00:00Z', expiresAt: '2026-11-16T19:00:00Z', signedInBy: null, current: false },
];

const colleague = (say: Say): StaffMember => ({
  id: 'p1',
  name: say('Ineke Verhoeven'),
  email: say('ineke@waterstad.example'),
  phone: say('+31612345678'),
  roles: ['facilitator', 'lead'],
  employer: null,
  languages: [],
  neighbourhoodCodes: [],
  state: 'active',
  createdAt: '2026-11-16T08:30:00Z',
  disabledAt: null,
  disabledReason: null,
  version: 2,
});

const slots = { at: new Date('2026-11-24T13:00:00Z'), to: new Date('2026-11-25T13:00:00Z') };

/** The pages about accounts, duties and handover, filled; with `empty` those that can be empty. */
export const STAFF_PAGES: Readonly<Record<string, { full: (say: Say) => VNode; empty?: () => VNode }>> = {
  'admin-staff': {
    full: (say) => <StaffListPage frame={staff(say)} staff={[colleague(say), { ...colleague(say), id: 'p2', state: 'disabled' }]} nextPage="/beheer/medewerkers?after=x" />,
    empty: () => <StaffListPage frame={staff(asWritten)} staff={[]} nextPage={null} />,
  },
  'lead-figures': {
    full: (say) => (
      <LeadFiguresPage
        frame={staff(say)}
        from="2026-01"
        to="2026-12"
        years={[2026, 2025]}
        marks={[
          { moment: 'meeting', meeting: 12, meetingMedian: 7.5, plan: 8, planMedian: 8 },
          { moment: 'closure', meeting: null, meetingMedian: null, plan: 6, planMedian: 7 },
        ]}
        leadTimes={[
          { step: 'referral-accepted', n: 12, median: 1, q1: 0, q3: 2.5, p90: 6 },
          { step: 'carried-realised', n: 0, median: null, q1: null, q3: null, p90: null },
        ]}
        growth={[{ moment: 'meeting', cases: 9, informalMedian: 3.5, professionalMedian: 2 }]}
        reach={[{ channel: 'mail', approached: 40, reached: 31, answered: 30, undelivered: 2, byHand: 0 }]}
        dropOff={[
          { of: 'case', step: 'referral', came: 14, stopped: 2, reasons: [{ code: 'declined', reason: 'outside-area', n: 2 }] },
          { of: 'person', step: 'named', came: 60, stopped: 3, reasons: [{ code: 'refused', reason: null, n: 3 }] },
        ]}
      />
    ),
    empty: () => <LeadFiguresPage frame={staff(asWritten)} from="2026-01" to="2026-12" years={[2026]} leadTimes={[]} growth={[]} reach={[]} dropOff={[]} marks={[]} />,
  },
  'admin-staff-member': {
    full: (say) => (
      <StaffMemberPage
        frame={staff(say)}
        member={colleague(say)}
        isSelf={false}
        sessions={sessions}
        carried={{ cases: 3, duties: 1 }}
        followers={[{ id: 'p3', name: say('Samir'), openCases: 4 }]}
      />
    ),
    empty: () => (
      <StaffMemberPage
        frame={staff(asWritten)}
        member={{ ...colleague(asWritten), state: 'disabled', disabledAt: '2026-11-16T08:30:00Z' }}
        isSelf={false}
        sessions={[]}
        carried={{ cases: 0, duties: 0 }}
        followers={[]}
      />
    ),
  },
  agenda: {
    full: (say) => (
      <AgendaPage
        frame={staff(say)}
        meetings={[{ id: 'm1', reference: 'NB-2026-000001', resident: say('Sanne'), startsAt: slots.at, endsAt: slots.to, where: say('Buurthuis De Klok'), isOwn: true }]}
        free={[{ startsAt: slots.at, endsAt: slots.to }]}
        hours={[{ weekday: 1, from: 540, until: 1440 }]}
        absences={[
          {
            id: 'a1',
            kind: 'leave',
            startsAt: '2026-11-24T23:00:00.000Z',
            endsAt: '2026-11-25T23:00:00.000Z',
            note: say('Naar zee'),
            meetings: [{ id: 'm1', caseId: 'c1', reference: 'NB-2026-000001', startsAt: '2026-11-25T13:00:00.000Z', endsAt: '2026-11-25T15:00:00.000Z' }],
          },
        ]}
        feedSince="2026-11-16T08:30:00.000Z"
      />
    ),
    empty: () => <AgendaPage frame={staff(asWritten)} meetings={[]} free={[]} hours={[]} absences={[]} feedSince={null} />,
  },
  'agenda-address': { full: (say) => <ShownFeedPage frame={staff(say)} url="https://beraad.example/agenda/0199.abc.ics" /> },
  lead: {
    full: (say) => (
      <LeadPage
        frame={staff(say)}
        facilitators={[{ id: 'f1', name: say('Ineke'), openCases: 7, onDuty: true, absentUntil: '2026-11-20T23:00:00.000Z', neighbourhoodCodes: [] }]}
        duties={[{ id: 'd1', from: slots.at, to: slots.to, firstId: 'f1', secondId: null, first: say('Ineke'), second: null }]}
        waited={[{ id: 'r1', what: 'triage', reference: null, facilitator: null, since: new Date(slots.at) }, { id: 'r2', what: 'referrer', reference: say('NB-2026-000001'), facilitator: say('Ineke'), since: new Date(slots.at) }]}
        lawClocks={{ clocks: lawClocks(say).map((one) => ({ ...one, caseId: 'c1', reference: say('NB-2026-000001'), facilitatorId: 'f1' })), more: true }}
      />
    ),
    empty: () => <LeadPage frame={staff(asWritten)} facilitators={[]} duties={[]} waited={[]} lawClocks={{ clocks: [], more: false }} />,
  },
  handover: {
    full: (say) => (
      <HandoverPage
        frame={staff(say)}
        action="/leiding/gespreksleiders/f1/overdragen"
        what={say('Ineke')}
        back="/leiding"
        followers={[{ id: 'f2', name: say('Samir'), openCases: 4 }]}
        meetings={[{ id: 'm1', reference: 'NB-2026-000001', startsAt: slots.at }]}
      />
    ),
  },
  account: { full: (say) => <AccountPage frame={staff(say)} sessions={sessions} />, empty: () => <AccountPage frame={staff(asWritten)} sessions={[]} /> },
  welcome: { full: (say) => <WelcomePage frame={frameOf(say)} token={say('abc.def')} name={say('Noor')} /> },
  'welcome-ended': { full: (say) => <WelcomeEndedPage frame={frameOf(say)} /> },
  forgotten: { full: (say) => <ForgottenPage frame={frameOf(say)} /> },
};
