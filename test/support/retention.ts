import { Client } from 'pg';
import type { RetentionRun } from '../../src/privacy/retention.dto.js';
import type { Caller, TestApp } from './app.js';
import { aCase, type StoryCase } from './stories.js';

/** Rows that the service itself may not see. */
export async function ask<Row extends object>(test: { database: { superuserUrl: string } }, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client(test.database.superuserUrl);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** A case that met nobody and was stopped: it ends now, without a plan. */
export async function aStoppedCase(test: TestApp, changes: Record<string, unknown> = {}): Promise<StoryCase> {
  const story = await aCase(test, changes);
  await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
  return story;
}

/** A case with a plan that was carried and closed. */
export async function aClosedCase(test: TestApp, changes: Record<string, unknown> = {}): Promise<StoryCase> {
  const story = await aCase(test, changes);
  const { facilitator, id, members, resident } = story;
  const joost = members.Joost!;
  await facilitator.post(`/v1/circle-members/${joost.id}/approval`, { by: 'main-person' }).expect(200);
  await facilitator
    .post(`/v1/circle-members/${joost.id}/contact-attempts`, { at: test.clock.now().toISOString(), channel: 'call', outcome: 'reached' })
    .expect(201);
  const draft = { goals: [{ text: 'Hier blijven wonen' }], commitments: [{ memberId: joost.id, text: 'Samen naar de markt' }] };
  await facilitator.put(`/v1/cases/${id}/plan-draft`, draft).set('If-Match', '*').expect(200);
  const plan = await facilitator.post(`/v1/cases/${id}/plans`).expect(201);
  await facilitator.post(`/v1/plans/${(plan.body as { id: string }).id}/agreements`, { memberId: resident.id, agrees: true }).expect(201);
  await facilitator.post(`/v1/cases/${id}/closure`, { outcome: 'goals-met' }).expect(200);
  return story;
}

/** Starts a run, or a trial, lets the workers do it, and reads the report. */
export async function ran(test: TestApp, admin: Caller, body: object): Promise<RetentionRun> {
  const started = await admin.post('/v1/retention-runs', body).expect(202);
  await test.deliver();
  const run = (await admin.get(started.headers.location as string).expect(200)).body as RetentionRun;
  expect(run.state).toBe('done');
  return run;
}

/** The report without what differs between a run and its trial. */
export const numbers = ({ on, rule, casesSeen, cases, counts }: RetentionRun): object => ({ on, rule, casesSeen, cases, counts });

/** Rows of one table under one rule. */
export const countOf = ({ counts }: RetentionRun, rule: string, table: string): number =>
  counts.find((each) => each.rule === rule && each.table === table)?.count ?? 0;
