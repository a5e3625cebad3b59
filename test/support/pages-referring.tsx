import type { VNode } from 'preact';
import { OwnReferralPage, OwnReferralsPage } from '../../src/desk/own-referrals.pages.js';
import { CheckPage, ReferPage, ThanksPage, WhichOrganisationPage } from '../../src/desk/referring-check.pages.js';
import { PeoplePage } from '../../src/desk/referring-people.pages.js';
import { StepPage } from '../../src/desk/referring.pages.js';
import type { ReferralForReferrer } from '../../src/referrals/referrals.dto.js';
import { STEPS, stepAt, type Draft, type Step } from '../../src/referrals/wizard.rules.js';
import { asWritten, frameOf, staff, type Say } from './pages-parts.js';

const draft = (say: Say): Draft => ({
  answers: {
    way: 'other', question: say('Ik wil rust met geld.'), themes: ['debt', 'loneliness'], safety: { level: 'acute', conditions: [say('Deur op slot')] },
    consent: { given: 'yes', on: '2026-11-15', how: 'conversation' },
    resident: { name: say('Sanne de Wit'), firstName: say('Sanne'), language: 'nl', birthYear: 1988, phone: say('06 12345678'), contactPreference: { note: say('Niet bellen') } },
    neighbourhoodCode: say('BU05990110'), source: 'gp', referrer: { name: say('Dr. Bos'), email: say('bos@praktijk.example'), phone: say('010 1234567') },
  },
  otherMainPersons: [{ id: 1, name: say('Tom de Wit') }],
  circle: [{ id: 2, name: say('Ria de Wit'), relation: 'parent', phone: say('06 12345679') }, { id: 3, name: say('Opa'), relation: 'grandparent', via: '2' }],
  answered: STEPS.map(({ key }) => key),
  lastId: 3,
});
const common = (say: Say, step: Step) => ({
  frame: frameOf(say), by: 'stranger' as const, draft: draft(say), step, keptUntil: '2026-11-23T08:30:00Z', back: '/aanmelden/vraag', fromCheck: false,
});
const question = (path: string) => ({
  full: (say: Say): VNode => <StepPage {...common(say, stepAt(path)!)} now={{ onDuty: false, phone: say('010 123 4567') }} />,
});
const people = (path: string) => ({
  full: (say: Say): VNode => <PeoplePage {...common(say, stepAt(path)!)} list={stepAt(path)!.people!} changing={null} />,
});

const own = (say: Say): ReferralForReferrer => ({
  id: '0199aaaa-0000-7000-8000-000000000001', state: 'more-information-needed', createdAt: '2026-11-16T08:30:00Z', kind: 'mdo', residentName: say('Sanne'),
  receivedAt: '2026-11-16T08:30:00Z', acceptedAt: '2026-11-17T08:30:00Z', facilitatorName: say('Ineke'), meetingStartsAt: null, acknowledgedAt: '2026-11-16T16:04:00Z', acknowledgedBy: '0199aaaa-0000-7000-8000-000000000002', acknowledgedByName: say('Ineke'), callInstead: say('+31101234567'), endReason: 'circle-unclear', version: 2,
  commitments: [{ id: 'c1', text: say('Bellen met de bank'), dueOn: '2026-12-01', every: null, state: 'promised' }],
  caseEnded: null, safetyConditions: [{ text: say('Deur op slot'), metBy: say('Slot van de buurman'), met: null }, { text: say('Niet alleen'), metBy: null, met: true }],
});

/** The pages of `/aanmelden` and `/aanmeldingen`. */
export const REFERRING_PAGES: Readonly<Record<string, { full: (say: Say) => VNode; empty?: () => VNode }>> = {
  refer: {
    full: (say) => <ReferPage frame={frameOf(say)} begun={{ keptUntil: '2026-11-23T08:30:00Z', goOn: '/aanmelden/vraag' }} gone={false} organisation={null} signedIn={false} />,
    empty: () => <ReferPage frame={frameOf(asWritten)} begun={null} gone organisation="noord" signedIn={false} />,
  },
  'refer-which': { full: (say) => <WhichOrganisationPage frame={frameOf(say)} /> },
  ...Object.fromEntries(STEPS.map((step) => [`refer-${step.key}`, step.people ? people(step.path) : question(step.path)])),
  'refer-check': { full: (say) => <CheckPage frame={frameOf(say)} by="stranger" draft={draft(say)} back="/aanmelden/voorwaarden" /> },
  'refer-thanks': {
    full: (say) => <ThanksPage frame={frameOf(say)} sent={{ state: 'received', self: false, acute: true, mailed: true }} triageBy="2026-11-18" phone={say('010 123 4567')} />,
    empty: () => <ThanksPage frame={frameOf(asWritten)} sent={{ state: 'awaiting-confirmation', self: true, acute: false, mailed: false }} triageBy="2026-11-18" phone={null} />,
  },
  'own-referrals': {
    full: (say) => <OwnReferralsPage frame={staff(say)} referrals={[own(say)]} nextPage="/aanmeldingen?na=x" />,
    empty: () => <OwnReferralsPage frame={staff(asWritten)} referrals={[]} nextPage={null} />,
  },
  'own-referral': {
    full: (say) => <OwnReferralPage frame={staff(say)} referral={own(say)} waitsUntil="2026-11-18" phone={say('010 123 4567')} />,
    empty: () => (
      <OwnReferralPage frame={staff(asWritten)} referral={{ ...own(asWritten), state: 'declined', endReason: 'double', commitments: [], safetyConditions: [] }} waitsUntil={null} phone={null} />
    ),
  },
};
