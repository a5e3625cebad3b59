import type { VNode } from 'preact';
import { AdminStartPage } from '../../src/desk/admin-start.pages.js';
import { ConfirmReferralPage, LinkEndedPage, LinkPage } from '../../src/desk/link.pages.js';
import { CasePage } from '../../src/desk/case.pages.js';
import { ShownLinkPage } from '../../src/desk/case-circle.pages.js';
import { CirclePage, RemovalPage, RemovedPage } from '../../src/desk/circle.pages.js';
import { ErrorPage } from '../../src/desk/error.pages.js';
import { MinePage } from '../../src/desk/mine.pages.js';
import { MoreOfCirclePage, OwnCirclePage, type OwnCirclePerson } from '../../src/desk/own-circle.pages.js';
import { SignInPage } from '../../src/desk/sign-in.pages.js';
import { CHAIRING_PAGES } from './pages-chairing.js';
import { MESSAGE_PAGES } from './pages-messages.js';
import { STAFF_PAGES } from './pages-staff.js';
import { StartPage } from '../../src/desk/start.pages.js';
import { WorkPage } from '../../src/desk/work.pages.js';
import type { Frame } from '../../src/web/frame.js';
import { casePage, emptyCase } from './pages-case.js';
import { asWritten, fixed, frameOf, lawClocks, members, noOffers, offersOf, polling, promises, resident, staff, told, type Say } from './pages-parts.js';
import { OBSTACLE_PAGES, ownObstacles } from './pages-obstacles.js';
import { PLAN_PAGES } from './pages-plan.js';
import { conditionsOf, legalOf, planTasks, SAFETY_PAGES } from './pages-safety.js';
import { SIX_WEEKS_PAGES, sixWeeksTask } from './pages-six-weeks.js';
import { PREPARATION_PAGES } from './pages-preparation.js';
import { PRIVACY_PAGES } from './pages-privacy.js';
import { closedCase, PRIVATE_TIME_PAGES } from './pages-private-time.js';
import { REFERRING_PAGES } from './pages-referring.js';
import { RETENTION_PAGES } from './pages-retention.js';
import { URGENT_PAGES } from './pages-urgent.js';
import { YES_PAGES } from './pages-yes.js';

const circleOf = (say: Say): OwnCirclePerson[] =>
  members(say).map(({ id, name, relation, professional, state, version }) => ({ id, name, relation, professional, state, version, open: state === 'proposed' }));

const failedSignIn = (say: Say): Frame =>
  frameOf(say, {
    failed: {
      action: '/inloggen',
      message: 'Het mailadres en het wachtwoord horen niet bij elkaar.',
      errors: [{ pointer: '/email', message: 'Dit is geen mailadres.' }],
      values: { email: say('fout') },
    },
  });

/** Every page view, filled; with `empty` those that can be empty. */
export const PAGES: Readonly<Record<string, { full: (say: Say) => VNode; empty?: () => VNode }>> = {
  start: {
    full: (say) => <StartPage frame={frameOf(say)} phone={say('010 123 4567')} email={say('samen@waterstad.example')} />,
    empty: () => <StartPage frame={frameOf(asWritten, { organisation: '' })} phone={null} email={null} />,
  },
  'sign-in': {
    full: (say) => (
      <SignInPage
        frame={failedSignIn(say)}
        next={say('/werk')}
        demo={{ emails: ['lead@demo.example', 'facilitator@demo.example'], password: 'demo' }}
        elsewhere
      />
    ),
    empty: () => <SignInPage frame={frameOf(asWritten)} />,
  },
  link: { full: (say) => <LinkPage frame={resident(say)} token={say('abc.def')} name={say('Joost')} notice={told(say)} /> },
  'link-ended': {
    full: (say) => <LinkEndedPage frame={frameOf(say)} phone={say('010 123 4567')} />,
    empty: () => <LinkEndedPage frame={frameOf(asWritten)} phone={null} />,
  },
  confirm: { full: (say) => <ConfirmReferralPage frame={frameOf(say)} token={say('abc')} confirmed={false} /> },
  confirmed: { full: (say) => <ConfirmReferralPage frame={frameOf(say)} token={say('abc')} confirmed /> },
  ...SAFETY_PAGES,
  circle: {
    full: (say) => (
      <CirclePage
        frame={resident(say)}
        offers={offersOf(say)}
        me={{ name: say('Joost'), professional: false }}
        asker={say('Sanne')}
        meetings={[polling(say)]}
        commitments={promises(say)}
        part={{ way: 'letter', reason: null, spokespersonId: null, letter: say('Lieve Sanne'), recordingAt: say('bij Ria'), remark: say('Tot dan'), others: [{ id: 'p3', name: say('Ria') }] }}
        leads
        plan="whole"
        waitsForYes
        kept={say('de fiets is gemaakt')}
        safety={null}
        notice={{ ...told(say), first: true, keptUntil: '2027-11-20' }}
      />
    ),
    empty: () => (
      <CirclePage
        frame={frameOf(asWritten)}
        offers={noOffers}
        me={{ name: 'Joost', professional: true }}
        asker="Sanne"
        meetings={[]}
        commitments={[]}
        part={null}
        leads={false}
        safety={0}
        notice={{ ...told(asWritten), first: false, keptUntil: null }}
      />
    ),
  },
  'circle-fixed': {
    full: (say) => (
      <CirclePage
        frame={resident(say)}
        offers={noOffers}
        me={{ name: say('Karim'), professional: true }}
        asker={say('Sanne')}
        meetings={[fixed(say), { ...fixed(say), id: 'm3', state: 'held' }, { ...fixed(say), id: 'm4', state: 'cancelled' }]}
        commitments={[]}
        part={{ way: null, reason: null, spokespersonId: null, letter: null, recordingAt: null, remark: null, others: [] }}
        leads
        safety={2}
        notice={{ ...told(say), first: false, keptUntil: null }}
      />
    ),
  },
  removal: { full: (say) => <RemovalPage frame={resident(say)} /> },
  removed: { full: (say) => <RemovedPage frame={frameOf(say)} /> },
  mine: {
    full: (say) => (
      <MinePage
        frame={resident(say)}
        offers={offersOf(say)}
        me={{ name: say('Sanne') }}
        meetings={[fixed(say)]}
        commitments={promises(say).slice(0, 2)}
        obstacles={ownObstacles(say)}
        contents={{
          circle: circleOf(say),
          statement: { want: say('Rust in huis.'), can: say('Koken.'), need: say('Iemand die meekijkt.') },
          plan: {
            id: 'pl1',
            version: 1,
            fixedAt: '2026-11-24T15:00:00Z',
            goals: [say('In dit huis blijven wonen')],
            commitments: [
              { who: say('Joost'), text: say('Samen de post doornemen'), state: 'doing', dueOn: '2026-12-04', every: null },
              { who: say('Ria'), text: say('Dinsdag de kinderen ophalen'), state: 'running', dueOn: null, every: 'week' },
            ],
            agrees: null,
            legal: legalOf(say),
            state: 'returned',
            conditions: conditionsOf(say),
          },
          lawClocks: lawClocks(say),
          progress: { realised: 6, of: 8, reviewOn: '2027-01-05', meets: true },
          script: 'lead',
        }}
      />
    ),
    empty: () => (
      <MinePage
        frame={frameOf(asWritten)}
        offers={noOffers}
        me={{ name: 'Sanne' }}
        meetings={[]}
        commitments={[]}
        contents={{ circle: [], statement: null, plan: null, lawClocks: [], progress: null, script: null }}
      />
    ),
  },
  'own-circle': {
    full: (say) => <OwnCirclePage frame={resident(say)} me={{ name: say('Sanne') }} people={circleOf(say)} />,
    empty: () => <OwnCirclePage frame={frameOf(asWritten)} me={{ name: 'Sanne' }} people={[]} />,
  },
  'own-circle-more': {
    full: (say) => <MoreOfCirclePage frame={resident(say)} question={9} through={[{ id: 'p3', name: say('Ria') }]} />,
  },
  'mine-unknown-device': {
    full: (say) => (
      <MinePage
        frame={resident(say)}
        offers={noOffers}
        me={{ name: say('Sanne') }}
        meetings={[polling(say)]}
        commitments={promises(say)}
        contents={null}
      />
    ),
  },
  work: {
    full: (say) => (
      <WorkPage
        frame={staff(say)}
        isLead={false}
        referrals={[
          {
            id: 'r1',
            resident: say('Mohamed Aziz'),
            kind: 'unknown',
            source: 'school',
            referrer: say('Meester Karim, De Klimop'),
            receivedAt: '2026-11-19T08:00:00Z',
            question: say('Ik wil weer naar school, maar niet alleen.'),
            themes: ['youth-crime'],
            circleSize: 4,
            safety: 'concern',
            possibleDouble: true,
          },
          {
            id: 'r2',
            resident: say('Truus Mulder'),
            kind: 'mdo',
            source: 'gp',
            referrer: say('Huisarts Bos'),
            receivedAt: '2026-11-20T08:00:00Z',
            question: say('Ik wil thuis blijven wonen zolang het kan.'),
            themes: ['informal-care'],
            circleSize: 1,
            safety: 'acute',
            possibleDouble: false,
          },
        ]}
        facilitators={[{ id: 'f1', name: say('Ineke Verhoeven'), openCases: 7 }]}
        kinds={['netwerkberaad', 'eigen-kracht', 'mdo', 'jim', 'netwerkplan']}
        calls={[
          {
            messageId: 'b1',
            reference: 'NB-2026-000123',
            name: say('Wim van Dam'),
            channel: 'call',
            to: say('06 5555 1234'),
            about: say('uitnodiging'),
            preference: say('na 17.00 uur'),
            say: [say('Sanne wil met een paar mensen om tafel.')],
            notice: told(say),
          },
          {
            messageId: 'b2',
            reference: 'NB-2026-000118',
            name: say('Mevrouw Pinas'),
            channel: 'letter',
            to: say('Kade 12, Waterstad'),
            about: say('datum kiezen'),
          },
        ]}
        corrections={[]}
        silent={[{ reference: 'NB-2026-000123', name: say('Noor Haddad'), what: 'poll', since: '2026-11-16T08:00:00Z', phone: say('+31612345678'), preference: say('na 17.00 uur') }]}
        sixWeeks={[sixWeeksTask(say)]}
        plans={planTasks(say)}
        offers={[
          { reference: 'NB-2026-000101', kind: 'passing', name: say('Joost'), toName: say('Ria'), text: say('Samen de post doornemen') },
          { reference: 'NB-2026-000101', kind: 'help', name: say('Ria'), toName: null, text: say('De kinderen ophalen') },
          { reference: 'NB-2026-000101', kind: 'contribution', name: say('Joost'), toName: null, text: null },
        ]}
        promises={[
          {
            id: 'c9',
            reference: 'NB-2026-000101',
            name: say('Ali Kaya'),
            text: say('Meegaan naar de bank'),
            dueOn: '2026-11-18',
            overdue: true,
          },
        ]}
        meetings={[
          {
            reference: 'NB-2026-000110',
            standInFor: null,
            resident: say('Gezin Baldé'),
            startsAt: '2026-11-21T13:00:00Z',
            endsAt: '2026-11-21T15:00:00Z',
            place: say('Buurthuis De Sluis'),
            over: true,
          },
        ]}
        cases={[
          {
            reference: 'NB-2026-000123',
            resident: say('Sanne de Wit'),
            kind: 'netwerkberaad',
            state: 'preparing',
            urgent: false,
            nextMeetingAt: null,
            openCommitments: 0,
          },
          {
            reference: 'NB-2026-000118',
            resident: say('Anita Pinas'),
            kind: 'eigen-kracht',
            state: 'scheduled',
            urgent: true,
            nextMeetingAt: '2026-11-25T18:00:00Z',
            openCommitments: 0,
          },
          {
            reference: 'NB-2026-000101',
            resident: say('Ali Kaya'),
            kind: 'mdo',
            state: 'carrying-out',
            urgent: false,
            nextMeetingAt: null,
            openCommitments: 5,
          },
        ]}
        nextPage="/werk?na=abc"
      />
    ),
    empty: () => (
      <WorkPage
        frame={frameOf(asWritten)}
        isLead={false}
        referrals={[]}
        facilitators={[]}
        kinds={[]}
        calls={[]}
        corrections={[]}
        silent={[]}
        promises={[]}
        sixWeeks={[]}
        plans={[]}
        meetings={[]}
        cases={[]}
        nextPage={null}
      />
    ),
  },
  'work-lead': {
    full: (say) => (
      <WorkPage
        frame={staff(say)}
        isLead
        referrals={[
          {
            id: 'r1',
            resident: say('Mohamed Aziz'),
            kind: 'unknown',
            source: 'school',
            referrer: null,
            receivedAt: '2026-11-19T08:00:00Z',
            question: say('Ik wil weer naar school.'),
            themes: [],
            circleSize: 0,
            safety: 'none',
            possibleDouble: false,
          },
        ]}
        facilitators={[
          { id: 'f1', name: say('Ineke'), openCases: 7 },
          { id: 'f2', name: say('Samir'), openCases: 4 },
        ]}
        kinds={['netwerkberaad', 'mdo']}
        calls={[]}
        corrections={[]}
        silent={[]}
        promises={[]}
        sixWeeks={[]}
        plans={[]}
        meetings={[]}
        cases={[
          {
            reference: 'NB-2026-000123',
            resident: null,
            kind: 'netwerkberaad',
            state: 'met',
            urgent: false,
            facilitator: say('Ineke'),
            nextMeetingAt: null,
            openCommitments: 0,
          },
        ]}
        nextPage={null}
      />
    ),
  },
  case: { full: (say) => <CasePage {...casePage(say)} />, empty: () => <CasePage {...emptyCase()} /> },
  'shown-link': {
    full: (say) => (
      <ShownLinkPage frame={staff(say)} reference="NB-2026-000123" name={say('Ria')} url={say('https://samen.example/l/abc.def')} expiresAt="2026-12-08T15:00:00Z" />
    ),
  },
  ...STAFF_PAGES,
  ...MESSAGE_PAGES,
  ...YES_PAGES,
  ...CHAIRING_PAGES,
  ...PREPARATION_PAGES,
  ...SIX_WEEKS_PAGES,
  ...OBSTACLE_PAGES,
  ...PLAN_PAGES,
  admin: { full: (say) => <AdminStartPage frame={staff(say)} /> },
  ...PRIVATE_TIME_PAGES,
  'case-closed': { full: (say) => closedCase(casePage(say), say) },
  ...REFERRING_PAGES,
  ...RETENTION_PAGES,
  ...URGENT_PAGES,
  ...PRIVACY_PAGES,
  'not-found': {
    full: (say) => <ErrorPage frame={frameOf(say)} status={404} message={say('Dit bestaat niet, of het is niet voor jou.')} />,
  },
  unexpected: {
    full: (say) => <ErrorPage frame={frameOf(say)} status={500} requestId={say('req-1')} audience="staff" home="/werk" />,
    empty: () => <ErrorPage frame={frameOf(asWritten)} status={418} />,
  },
};
