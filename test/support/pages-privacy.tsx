import type { VNode } from 'preact';
import { DevicePage, LinkAgainPage } from '../../src/desk/device.pages.js';
import { OrganisationPhone } from '../../src/desk/link.pages.js';
import { DataPage, ErasurePage, ErasuresPage } from '../../src/desk/privacy.pages.js';
import type { PersonData } from '../../src/privacy/person-data.dto.js';
import type { Correction, OwnErasureRequest } from '../../src/privacy/rights.dto.js';
import { asWritten, frameOf, resident, staff, type Say } from './pages-parts.js';

const data = (say: Say): PersonData => ({
  memberId: 'm1',
  name: say('Sanne de Wit'),
  isMainPerson: true,
  generatedAt: '2026-11-16T09:00:00Z',
  organisation: { name: say('Waterstad'), phone: say('010 123 4567') },
  legalGround: say('De organisatie heeft de taak om mensen te helpen.'),
  kept: say('Tot een jaar na het laatste gesprek.'),
  recipients: [say('Ineke, je gespreksleider: alles.')],
  sections: [{ key: 'person', title: say('Wie je bent'), records: [{ name: say('Sanne de Wit'), email: say('sanne@example.org') }] }],
  withheld: [{ what: say('Wat van anderen is'), why: say('Dat is van hen.') }],
});

const correction = (say: Say): Correction => ({
  id: 'k1',
  caseId: 'c1',
  memberId: 'm1',
  memberName: say('Sanne'),
  subject: 'plan',
  state: 'open',
  text: say('Ik kom niet op dinsdag.'),
  answer: null,
  dueOn: '2026-12-16',
  createdAt: '2026-11-16T09:00:00Z',
  answeredAt: null,
  version: 1,
});

const erasure = (say: Say): OwnErasureRequest => ({
  id: 'w1',
  reference: say('NB-2026-000001'),
  state: 'open',
  stopContact: false,
  ground: null,
  dueOn: '2026-12-16',
  createdAt: '2026-11-16T09:00:00Z',
  decidedAt: null,
  erasedAt: null,
  report: null,
  version: 1,
  answer: null,
});

const me = (say: Say): Parameters<typeof DataPage>[0]['me'] => ({
  name: say('Sanne de Wit'),
  firstName: say('Sanne'),
  email: say('sanne@example.org'),
  phone: say('06 1234 5678'),
  address: say('Kade 1'),
  language: 'nl',
  contactPreference: undefined,
  version: 1,
});

/** The pages about a device that is not known, a link that is lost, and one's own data, filled; with `empty` those that can be empty. */
export const PRIVACY_PAGES: Readonly<Record<string, { full: (say: Say) => VNode; empty?: () => VNode }>> = {
  device: {
    full: (say) => (
      <DevicePage
        frame={resident(say)}
        ways={[
          { via: 'sms', to: say('06 •• •• 78') },
          { via: 'mail', to: say('s…e@e…e.org') },
        ]}
        sent={null}
        next="/mijn"
        knownUntil={null}
      />
    ),
    empty: () => <DevicePage frame={frameOf(asWritten)} ways={[]} sent={null} next="/mijn" knownUntil={null} />,
  },
  'device-code': {
    full: (say) => <DevicePage frame={resident(say)} ways={[{ via: 'mail', to: say('s…e@e…e.org') }]} sent="mail" next="/kring" knownUntil={null} />,
  },
  'device-known': {
    full: (say) => <DevicePage frame={resident(say)} ways={[]} sent={null} next="/mijn" knownUntil="2026-12-16T09:00:00Z" />,
  },
  'link-again': {
    full: (say) => <LinkAgainPage frame={frameOf(say)} taken={false} phone={<OrganisationPhone phone={say('010 123 4567')} />} />,
    empty: () => <LinkAgainPage frame={frameOf(asWritten)} taken phone={null} />,
  },
  'own-data': {
    full: (say) => (
      <DataPage
        frame={resident(say)}
        data={data(say)}
        me={me(say)}
        corrections={[correction(say), { ...correction(say), id: 'k2', state: 'corrected', answer: say('Dat is nu anders.') }]}
        erasures={[erasure(say), { ...erasure(say), id: 'w2', state: 'kept-by-law', ground: 'jeugdwet', answer: say('Dat moet.') }]}
      />
    ),
    empty: () => <DataPage frame={frameOf(asWritten)} data={{ ...data(asWritten), isMainPerson: false }} me={me(asWritten)} corrections={[]} erasures={[]} />,
  },
  'own-erasure': { full: (say) => <ErasurePage frame={resident(say)} /> },
  erasures: {
    full: (say) => <ErasuresPage frame={staff(say)} requests={[erasure(say), { ...erasure(say), id: 'w2', state: 'erased', report: { messages: 4 } }]} />,
    empty: () => <ErasuresPage frame={staff(asWritten)} requests={[]} />,
  },
};
