import { Offers1763601050000 } from './1763601050000-offers.js';
import { PlatformSpine1763600000000 } from './1763600000000-platform-spine.js';
import { People1763600050000 } from './1763600050000-people.js';
import { Outbox1763600100000 } from './1763600100000-outbox.js';
import { Messages1763600200000 } from './1763600200000-messages.js';
import { Cases1763600300000 } from './1763600300000-cases.js';
import { Circle1763600400000 } from './1763600400000-circle.js';
import { Meetings1763600500000 } from './1763600500000-meetings.js';
import { Plans1763600600000 } from './1763600600000-plans.js';
import { Referrals1763600650000 } from './1763600650000-referrals.js';
import { MicroAnalysis1763600700000 } from './1763600700000-micro-analysis.js';
import { Staff1763600800000 } from './1763600800000-staff.js';
import { Identities1763600810000 } from './1763600810000-identities.js';
import { KnownDevices1763600820000 } from './1763600820000-known-devices.js';
import { AuditSeals1763600830000 } from './1763600830000-audit-seals.js';
import { KeyVersions1763600835000 } from './1763600835000-key-versions.js';
import { Rights1763600840000 } from './1763600840000-rights.js';
import { Retention1763600850000 } from './1763600850000-retention.js';
import { Consents1763600860000 } from './1763600860000-consents.js';
import { LawClocks1763600870000 } from './1763600870000-law-clocks.js';
import { PublicPlaces1763600880000 } from './1763600880000-public-places.js';
import { WaysBack1763600890000 } from './1763600890000-ways-back.js';
import { MovedDates1763600910001 } from './1763600910001-moved-dates.js';
import { CalendarCopies1763600920000 } from './1763600920000-calendar-copies.js';
import { Availability1763600920001 } from './1763600920001-availability.js';
import { MeetingParts1763600930001 } from './1763600930001-meeting-parts.js';
import { Growth1763600940010 } from './1763600940010-growth.js';
import { Preparation1763600940020 } from './1763600940020-preparation.js';
import { ReferrerContact1763600940030 } from './1763600940030-referrer-contact.js';
import { Independence1763600940040 } from './1763600940040-independence.js';
import { MessageRetries1763600950010 } from './1763600950010-message-retries.js';
import { MessagesNotArrived1763600950020 } from './1763600950020-messages-not-arrived.js';
import { MessageReturns1763600950000 } from './1763600950000-message-returns.js';
import { Urgent1763600960000 } from './1763600960000-urgent.js';
import { ReferralDrafts1763600970000 } from './1763600970000-referral-drafts.js';
import { BulkJobs1763600980001 } from './1763600980001-bulk-jobs.js';
import { PrivateTime1763601010000 } from './1763601010000-private-time.js';
import { Scribe1763601010010 } from './1763601010010-scribe.js';
import { AttendanceTimes1763601010020 } from './1763601010020-attendance-times.js';
import { StatementHistory1763601030000 } from './1763601030000-statement-history.js';
import { PlanVersions1763601030010 } from './1763601030010-plan-versions.js';
import { LegalForms1763601040000 } from './1763601040000-legal-forms.js';
import { MeetingChair1763601020000 } from './1763601020000-meeting-chair.js';
import { SixWeeks1763601070000 } from './1763601070000-six-weeks.js';
import { Marks1763601070010 } from './1763601070010-marks.js';
import { LookedBack1763601090050 } from './1763601090050-looked-back.js';
import { Obstacles1763601060000 } from './1763601060000-obstacles.js';
import { SafetyConditions1763601040010 } from './1763601040010-safety-conditions.js';
import { Directors1763601060010 } from './1763601060010-directors.js';

/** All migrations in their order; a new one is one line here. */

export const migrations = [
  PlatformSpine1763600000000,
  People1763600050000,
  Outbox1763600100000,
  Messages1763600200000,
  Cases1763600300000,
  Circle1763600400000,
  Meetings1763600500000,
  Plans1763600600000,
  Referrals1763600650000,
  MicroAnalysis1763600700000,
  Staff1763600800000,
  Identities1763600810000,
  KnownDevices1763600820000,
  AuditSeals1763600830000,
  KeyVersions1763600835000,
  Rights1763600840000,
  Retention1763600850000,
  Consents1763600860000,
  LawClocks1763600870000,
  PublicPlaces1763600880000,
  WaysBack1763600890000,
  MovedDates1763600910001,
  CalendarCopies1763600920000,
  Availability1763600920001,
  MeetingParts1763600930001,
  Growth1763600940010,
  Preparation1763600940020,
  ReferrerContact1763600940030,
  Independence1763600940040,
  MessageReturns1763600950000,
  MessageRetries1763600950010,
  MessagesNotArrived1763600950020,
  Urgent1763600960000,
  ReferralDrafts1763600970000,
  BulkJobs1763600980001,
  PrivateTime1763601010000,
  Scribe1763601010010,
  AttendanceTimes1763601010020,
  MeetingChair1763601020000,
  StatementHistory1763601030000,
  PlanVersions1763601030010,
  LegalForms1763601040000,
  SafetyConditions1763601040010,
  Offers1763601050000,
  Obstacles1763601060000,
  Directors1763601060010,
  SixWeeks1763601070000,
  Marks1763601070010,
  LookedBack1763601090050,
];
