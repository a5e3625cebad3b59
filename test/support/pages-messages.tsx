import type { VNode } from 'preact';
import { AdminMessagesPage } from '../../src/desk/admin-messages.pages.js';
import { AdminTextPage, AdminTextsPage } from '../../src/desk/admin-texts.pages.js';
import { LetterPage } from '../../src/desk/letters.pages.js';
import { formsOf } from '../../src/messages/samples.rules.js';
import { asWritten, staff, type Say } from './pages-parts.js';

/** The pages about messages, filled; with `empty` those that can be empty. */
export const MESSAGE_PAGES: Readonly<Record<string, { full: (say: Say) => VNode; empty?: () => VNode }>> = {
  'admin-messages': {
    full: (say) => (
      <AdminMessagesPage
        frame={staff(say)}
        messages={[
          { id: 'b1', template: 'invitation', channel: 'mail', to: say('j…t@e…e.org'), state: 'dead', failure: 'full', attempts: 11, createdAt: new Date('2026-11-16T08:30:00Z') },
          { id: 'b2', template: 'meeting-poll', channel: 'sms', to: say('+31…79'), state: 'bounced', failure: 'bad-address', attempts: 1, createdAt: new Date('2026-11-16T08:30:00Z') },
        ]}
        nextPage="/beheer/berichten?na=x"
      />
    ),
    empty: () => <AdminMessagesPage frame={staff(asWritten)} messages={[]} nextPage={null} />,
  },
  'admin-texts': { full: (say) => <AdminTextsPage frame={staff(say)} /> },
  'admin-text': {
    full: (say) => (
      <AdminTextPage
        frame={staff(say)}
        template="invitation"
        form={{ language: 'nl', kind: 'netwerkberaad', role: 'informal', first: true }}
        forms={formsOf('invitation')}
        rendered={{ subject: say('Uitnodiging'), text: say('Hallo Joost'), html: '', sms: say('Hallo') }}
      />
    ),
  },
  letter: {
    full: (say) => (
      <LetterPage
        frame={staff(say)}
        letter={{
          messageId: 'b1',
          template: 'invitation',
          language: 'nl',
          direction: 'ltr',
          to: [say('Oma Truus'), say('Kade 12'), say('1234 AB Waterstad')],
          date: '16 november 2026',
          subject: say('Uitnodiging voor een gesprek'),
          hello: say('Hallo Truus,'),
          say: [say('Sanne wil met een paar mensen om tafel.')],
          facts: [['Keuze 1', 'donderdag 3 december 2026']],
          quote: say('Tot dan'),
          choices: [say('Dan kan ik: donderdag 3 december 2026')],
          after: [say('Bel gerust.')],
          call: say('Vragen? Bel Ineke: 010 123 4567.'),
          signed: ['Groet,', say('Ineke'), say('Waterstad')],
          notice: [say('Sanne gaf ons je naam.')],
        }}
      />
    ),
    empty: () => (
      <LetterPage
        frame={staff(asWritten)}
        letter={{
          messageId: 'b1', template: 'meeting-cancelled', language: 'ar', direction: 'rtl', to: ['Truus'], date: '', subject: '', hello: '', say: [],
          facts: [], quote: null, choices: [], after: [], call: null, signed: [], notice: [],
        }}
      />
    ),
  },
};
