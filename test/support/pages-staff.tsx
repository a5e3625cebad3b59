import type { VNode } from 'preact';
import { AccountPage } from '../../src/desk/account.pages.js';
import { StaffListPage, StaffMemberPage } from '../../src/desk/admin-staff.pages.js';
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
  lead: {
    full: (say) => (
      <LeadPage
        frame={staff(say)}
        facilitators={[{ id: 'f1', name: say('Ineke'), openCases: 7, onDuty: true, neighbourhoodCodes: [] }]}
        duties={[{ id: 'd1', from: slots.at, to: slots.to, firstId: 'f1', secondId: null, first: say('Ineke'), second: null }]}
        lawClocks={{ clocks: lawClocks(say).map((one) => ({ ...one, caseId: 'c1', reference: say('NB-2026-000001'), facilitatorId: 'f1' })), more: true }}
      />
    ),
    empty: () => <LeadPage frame={staff(asWritten)} facilitators={[]} duties={[]} lawClocks={{ clocks: [], more: false }} />,
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
