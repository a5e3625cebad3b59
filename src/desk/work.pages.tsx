import type { ComponentChildren, VNode } from 'preact';
import type { FirstNotice } from '../texts/nl/messages.js';
import { wordFor } from '../texts/nl/desk-words.js';
import type { WaitingCorrection } from '../privacy/corrections.service.js';
import type { SixWeeksTask } from '../plans/six-weeks.service.js';
import { textsFor } from '../texts/texts.js';
import { Disclosure } from '../web/components/disclosure.js';
import { FormButton } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import type { TaskItem } from '../circle/tasks.dto.js';
import { day, readable, shortDay, telephone, time, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { WorkOffers, type OfferRow } from './case-offers.pages.js';
import { promiseAt } from './case-plan.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { NoticeByHand } from './notice.pages.js';
import { CASE_TONES } from './desk.rules.js';
import { SixWeeksTasks } from './six-weeks.pages.js';
import { UrgentList, type UrgentWaiting } from './urgent.pages.js';
import { WorkObstacles, type ObstacleRow } from './work-obstacles.pages.js';
import { OpenReferrals, type OpenReferral } from './work-referrals.pages.js';

/** Someone to call or to write to: a message that goes by hand. */
export interface HandMessage {
  messageId: string;
  reference: string;
  name: string;
  channel: 'call' | 'sms' | 'letter' | 'visit';
  /** Telephone number or postal address. */
  to: string | null;
  /** What it is about, in words. */
  about: string;
  /** "na 17.00 uur, geen voicemail" */
  preference?: string | null;
  /** What to say, in sentences; null when that is not known or not to be said. */
  say?: readonly string[] | null;
  /** What to tell at first contact; null when it was told before. */
  notice?: FirstNotice | null;
}

export interface SilentMember {
  reference: string;
  name: string;
  what: 'invitation' | 'poll' | 'agreement';
  since: Instant;
  phone: string | null;
  /** "na 17.00 uur, geen voicemail" */
  preference: string | null;
}

export interface DuePromise {
  id: string;
  reference: string;
  name: string;
  text: string;
  /** Local date. */
  dueOn: string;
  overdue: boolean;
}

export interface UpcomingMeeting {
  reference: string;
  resident: string;
  startsAt: Instant;
  endsAt: Instant;
  place: string;
  /** The meeting, where the reader leads it in a colleague's place and has not the case. */
  standInFor: string | null;
  /** It ended and was not concluded. */
  over: boolean;
}

export interface CaseRow {
  reference: string;
  /** Null in a list of cases that the reader may not open: then there is no link either. */
  resident: string | null;
  kind: string;
  state: string;
  urgent: boolean;
  /** The facilitator's name, for the lead's list. */
  facilitator?: string | null;
  nextMeetingAt: Instant | null;
  openCommitments: number;
}

export interface WorkPageProps {
  frame: Frame;
  /** What cannot wait; left out where nothing does. */
  urgent?: UrgentWaiting;
  /** The lead sees every case in the list, without names or links for those that are not theirs. */
  isLead: boolean;
  /** Null for who has no part in triage. */
  referrals: readonly OpenReferral[] | null;
  /** To whom a referral may be given: for a facilitator only themself. */
  facilitators: readonly { id: string; name: string; openCases: number }[];
  /** The kinds that can be opened. */
  kinds: readonly string[];
  calls: readonly HandMessage[];
  silent: readonly SilentMember[];
  /** Who asked to put something right and waits for an answer. */
  corrections: readonly WaitingCorrection[];
  promises: readonly DuePromise[];
  /** What came of promises after six weeks, and reviews to be planned. */
  sixWeeks: readonly SixWeeksTask[];
  /** What waits around a plan that was fixed. */
  plans: readonly Pick<TaskItem, 'reference' | 'name' | 'task' | 'phone' | 'dueOn'>[];
  /** What stands in the way in the own cases. */
  inTheWay?: readonly ObstacleRow[];
  /** What people ask and offer around promises in the own cases. */
  offers?: readonly OfferRow[];
  /** Today and tomorrow. */
  meetings: readonly UpcomingMeeting[];
  cases: readonly CaseRow[];
  /** Address of the next page of cases. */
  nextPage: string | null;
}

/** `/werk`: who needs what today, then the caseload. */
export function WorkPage(props: WorkPageProps): VNode {
  const t = textsFor(props.frame.language).desk.work;
  const own =
    props.calls.length + props.silent.length + props.corrections.length + props.promises.length + props.sixWeeks.length + props.plans.length + (props.inTheWay?.length ?? 0) + (props.offers?.length ?? 0) + props.meetings.length > 0 ||
    props.cases.some(({ resident }) => resident !== null);
  return (
    <Layout frame={props.frame} title={t.title} audience="staff" width="wide">
      <h1>{t.heading}</h1>
      {props.urgent && <UrgentList {...props.urgent} />}
      {props.referrals && (
        <OpenReferrals
          referrals={props.referrals}
          facilitators={props.facilitators}
          kinds={props.kinds}
          assigning={props.isLead}
        />
      )}
      {props.frame.user?.roles.includes('facilitator') && (
        <p>
          <a href={ROUTES.agenda}>{textsFor(props.frame.language).availability.page.link}</a>
        </p>
      )}
      {(own || !props.isLead) && <Today {...props} />}
      <Caseload {...props} />
    </Layout>
  );
}

function Today({ meetings, calls, silent, corrections, promises, sixWeeks, plans, inTheWay = [], offers = [] }: WorkPageProps): VNode {
  const all = useTexts();
  const t = all.desk;
  return (
    <div class="lists">
      <List title={t.work.meetings} count={meetings.length} empty={t.work.meetingsNone}>
        {meetings.map((meeting) => (
          <div class="task">
            <p>
              {meeting.standInFor ? (
                <>
                  <a href={address(ROUTES.standInScript, { meetingId: meeting.standInFor })}>
                    <bdi>{meeting.resident}</bdi>
                  </a>{' '}
                  <span class="quiet">{all.script.standIn.badge}</span>
                </>
              ) : (
                <CaseLink reference={meeting.reference}>{meeting.resident}</CaseLink>
              )}
            </p>
            <p>
              {day(meeting.startsAt)}, {all.web.dates.span(time(meeting.startsAt), time(meeting.endsAt))}{' '}
              {meeting.over && <StatusBadge tone="attention">{t.work.toConclude}</StatusBadge>}
            </p>
            <p class="quiet">
              <bdi>{meeting.place}</bdi>
            </p>
          </div>
        ))}
      </List>
      <List title={t.work.calls} count={calls.length} empty={t.work.callsNone}>
        {calls.map((call) => (
          <HandMessageItem call={call} />
        ))}
      </List>
      {corrections.length > 0 && (
        <List title={all.privacy.pages.answerTitle} count={corrections.length} empty={all.privacy.pages.answerNone}>
          {corrections.map((one) => (
            <div class="task">
              <p>
                <CaseLink reference={one.reference}>{one.name}</CaseLink> <span class="quiet">{all.privacy.pages.dueOn(day(one.dueOn))}</span>
              </p>
            </div>
          ))}
        </List>
      )}
      {sixWeeks.length > 0 && (
        <List title={all.sixWeeks.work.title} count={sixWeeks.length} empty={all.sixWeeks.work.none}>
          <SixWeeksTasks tasks={sixWeeks} />
        </List>
      )}
      {plans.length > 0 && (
        <List title={all.safetyConditions.desk.work} count={plans.length} empty={all.safetyConditions.desk.workNone}>
          {plans.map(({ reference, name, task, phone, dueOn }) => (
            <div class="task">
              <p>
                <CaseLink reference={reference}>{name ?? reference}</CaseLink> <span class="quiet">{dueOn && all.privacy.pages.dueOn(day(dueOn))}</span>
              </p>
              <p>{all.circle.tasks[task]}</p>
              {phone && (
                <p>
                  <a href={telephone(phone)}>{readable(phone)}</a>
                </p>
              )}
            </div>
          ))}
        </List>
      )}
      {inTheWay.length > 0 && (
        <List title={all.obstacles.page.open} count={inTheWay.length} empty={all.obstacles.page.none}>
          <WorkObstacles rows={inTheWay} />
        </List>
      )}
      {offers.length > 0 && (
        <List title={all.caseOffers.title} count={offers.length} empty={all.caseOffers.none}>
          <WorkOffers rows={offers} />
        </List>
      )}
      <List title={t.work.silent} count={silent.length} empty={t.work.silentNone}>
        {silent.map((member) => (
          <div class="task">
            <p>
              <CaseLink reference={member.reference}>{member.name}</CaseLink>
            </p>
            {member.phone && (
              <p>
                <a href={telephone(member.phone)}>{readable(member.phone)}</a>
              </p>
            )}
            <p class="quiet">
              {t.work.silentSince(wordFor(t.work.silentWhat, member.what), shortDay(member.since))}
              {member.preference && ` – ${member.preference}`}
            </p>
          </div>
        ))}
      </List>
      <List title={t.work.promises} count={promises.length} empty={t.work.promisesNone}>
        {promises.map((promise) => (
          <div class="task">
            <p>
              <CaseLink reference={promise.reference} at={promiseAt(promise.id)}>{promise.name}</CaseLink>: <bdi>{promise.text}</bdi>
            </p>
            <p>
              <span class="quiet">{t.work.due(day(promise.dueOn))}</span>{' '}
              {promise.overdue && <StatusBadge tone="attention">{t.work.overdue}</StatusBadge>}
            </p>
          </div>
        ))}
      </List>
    </div>
  );
}

function HandMessageItem({ call }: { call: HandMessage }): VNode {
  const t = useTexts().desk;
  const canDial = call.to && (call.channel === 'call' || call.channel === 'sms');
  return (
    <div class="task">
      <p>
        <strong>{wordFor(t.words.channels, call.channel)}:</strong> <CaseLink reference={call.reference}>{call.name}</CaseLink>
      </p>
      {call.to && <p>{canDial ? <a href={telephone(call.to)}>{readable(call.to)}</a> : <bdi>{call.to}</bdi>}</p>}
      <p class="quiet">
        {call.about}
        {call.preference && ` – ${call.preference}`}
      </p>
      {call.say && (
        <Disclosure summary={t.work.toSay} about={t.mine.about(call.name)}>
          {call.say.map((sentence) => (
            <p dir="auto">{sentence}</p>
          ))}
          <p>
            <a href={address(ROUTES.handLetter, { ref: call.reference, messageId: call.messageId })}>
              {t.work.letter}
              <span class="unseen"> {t.mine.about(call.name)}</span>
            </a>
          </p>
        </Disclosure>
      )}
      {call.notice && <NoticeByHand notice={call.notice} channel={call.channel} about={t.mine.about(call.name)} />}
      <FormButton action={address(ROUTES.handMessageDone, { messageId: call.messageId })} about={t.mine.about(call.name)}>
        {t.work.markDone}
      </FormButton>
    </div>
  );
}

function Caseload({ cases, isLead, nextPage }: WorkPageProps): VNode {
  const t = useTexts();
  const w = t.desk.work;
  return (
    <section class="card" aria-labelledby="trajecten">
      <h2 id="trajecten">{isLead ? w.casesLead : w.cases}</h2>
      {isLead && <p class="quiet">{w.leadOnly}</p>}
      <Table
        caption={isLead ? w.casesLead : w.cases}
        captionUnseen
        empty={w.casesNone}
        rows={cases}
        columns={[
          {
            heading: isLead ? w.reference : w.resident,
            names: true,
            cell: (row) => (
              <>
                {row.resident === null ? row.reference : <CaseLink reference={row.reference}>{row.resident}</CaseLink>}
                {row.resident !== null && <small>{row.reference}</small>}
              </>
            ),
          },
          {
            heading: w.state,
            cell: (row) => (
              <>
                <StatusBadge tone={CASE_TONES[row.state]}>{wordFor(t.cases.states, row.state)}</StatusBadge>{' '}
                {row.urgent && <StatusBadge tone="attention">{w.urgent}</StatusBadge>}
              </>
            ),
          },
          { heading: w.kind, cell: (row) => wordFor(t.cases.kinds, row.kind) },
          ...(isLead ? [{ heading: w.facilitator, cell: (row: CaseRow) => <bdi>{row.facilitator}</bdi> }] : []),
          {
            heading: w.nextMeeting,
            cell: (row) => row.nextMeetingAt && `${shortDay(row.nextMeetingAt)} ${time(row.nextMeetingAt)}`,
          },
          { heading: w.openCommitments, numeric: true, cell: (row) => String(row.openCommitments) },
        ]}
      />
      {nextPage && (
        <p>
          <a href={nextPage} rel="next">
            {w.nextPage}
          </a>
        </p>
      )}
    </section>
  );
}

function CaseLink({ reference, at, children }: { reference: string; at?: string; children: string }): VNode {
  return (
    <a href={`${address(ROUTES.case, { ref: reference })}${at ? `#${at}` : ''}`}>
      <bdi>{children}</bdi>
    </a>
  );
}

/** A list of things to do, with how many. */
export function List({
  title,
  count,
  empty,
  children,
}: {
  title: string;
  count: number;
  empty: string;
  children: ComponentChildren;
}): VNode {
  return (
    <section class="card">
      <h2>
        {title}
        {count > 0 && <span class="counter">{count}</span>}
      </h2>
      {count === 0 ? <p class="quiet">{empty}</p> : children}
    </section>
  );
}
