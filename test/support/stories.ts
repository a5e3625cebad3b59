import type { Caller, TestApp } from './app.js';

/** A referral as in the contract's example; every part may be another. */
export function aReferral(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'netwerkberaad',
    source: 'team',
    referrer: { name: 'Fatma Yıldız', organisation: 'Wijkteam Noord', email: 'f.yildiz@wijkteam.example', phone: '010 123 4567' },
    resident: { name: 'Sanne de Wit', email: 'sanne@example.org', phone: '06 1234 5678', language: 'nl', birthYear: 1988 },
    question: 'Ik wil met mijn kinderen in dit huis blijven wonen.',
    themes: ['debt', 'eviction'],
    safety: { level: 'none' },
    consent: { given: true, on: '2026-11-15', how: 'conversation' },
    neighbourhoodCode: 'BU05990110',
    circle: [
      { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' },
      { name: 'Joost Bakker', relation: 'neighbour', email: 'joost@example.org' },
      {
        name: 'Meester Karim',
        relation: 'teacher',
        professional: true,
        organisation: 'De Klimop',
        email: 'karim@deklimop.example',
      },
    ],
    ...changes,
  };
}

export interface StoryMember {
  id: string;
  name: string;
  state: string;
  isMainPerson: boolean;
  version: number;
  guardians?: string[];
}

/** A case that a facilitator has picked up, with everyone in it by first word of their name. */
export interface StoryCase {
  id: string;
  reference: string;
  facilitator: Caller;
  referralId: string;
  resident: StoryMember;
  members: Record<string, StoryMember>;
}

/** A referral that came in and was picked up by the facilitator. */
export async function aCase(test: TestApp, changes: Record<string, unknown> = {}, facilitator?: Caller): Promise<StoryCase> {
  const taker = facilitator ?? (await test.staff('Noor Facilitator', 'facilitator'));
  const referral = await taker.post('/v1/referrals', aReferral(changes)).expect(201);
  const referralId = (referral.body as { id: string }).id;
  const accepted = await taker
    .post(`/v1/referrals/${referralId}/acceptance`, { facilitatorId: taker.id, kind: changes.kind === 'unknown' ? 'netwerkberaad' : undefined })
    .expect(201);
  const body = accepted.body as { id: string; reference: string; circle: StoryMember[] };
  const members = Object.fromEntries(body.circle.map((member) => [member.name.split(' ')[0]!, member]));
  return { id: body.id, reference: body.reference, facilitator: taker, referralId, resident: body.circle[0]!, members };
}

/** The same, with everyone of the circle approved and invited, and the mails delivered. */
export async function anInvitedCase(test: TestApp, changes: Record<string, unknown> = {}, facilitator?: Caller): Promise<StoryCase> {
  const story = await aCase(test, changes, facilitator);
  for (const member of Object.values(story.members).filter(({ isMainPerson }) => !isMainPerson)) {
    const guardian = member.guardians?.[0];
    await story.facilitator.post(`/v1/circle-members/${member.id}/approval`, { by: 'main-person', guardian }).expect(200);
  }
  await story.facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  await test.deliver();
  return story;
}

/** A participant who came in by the link that the facilitator showed at the table: the device is known. */
export async function atTheTable(test: TestApp, story: StoryCase, memberId: string): Promise<Caller> {
  const link = await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201);
  const linkToken = (link.body as { url: string }).url.split('/l/')[1]!;
  return byLink(test, linkToken);
}

/** A participant who exchanged a link on a device of their own. */
export async function byLink(test: TestApp, linkToken: string): Promise<Caller> {
  const session = await test.as().post('/v1/participant-sessions', { linkToken }).expect(201);
  const { token, member } = session.body as { token: string; member: { id: string } };
  return test.as(token, member.id);
}
