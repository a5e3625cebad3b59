import { ACCOUNT, ADMIN, CALL_BACK, HOME, LEAD, SIGN_OUT, WORK } from '../web/addresses.js';

/**
 * The addresses of pages (GET) and forms (POST). Form fields have the names of the API, nested ones with dots
 * (`place.type`, `slots.0.date`), beside `_csrf`. After a POST: 303 to the page with `?gedaan=<code of texts.desk.done>`.
 */
export const ROUTES = {
  start: HOME,
  /** POST: email, password, next */
  signIn: '/inloggen',
  /** GET goes to the OpenID Connect provider (`?next=`): a form may not lead to another site. */
  signInOidc: '/inloggen/oidc',
  /** GET, with the provider's answer. */
  signInOidcBack: '/inloggen/oidc/terug',
  signOut: SIGN_OUT,
  /** GET goes to where one signs out at the provider. */
  signOutOidc: '/uitloggen/oidc',
  /** GET shows one button and changes nothing; POST opens the session. */
  link: '/l/:token',
  /** POST, no fields: takes who the link is for out of the circle, at once. */
  linkRemoval: '/l/:token/haal-mij-weg',
  confirmReferral: '/bevestig/:token',

  /** POST: contact. The answer is the same for everybody. */
  linkAgain: '/link-opnieuw',
  /** GET ?next=; POST: code, next */
  device: '/mijn/apparaat',
  /** POST: via = "sms" | "mail", next */
  deviceCode: '/mijn/apparaat/code',

  /** POST, no fields: asks the facilitator to call. */
  callBack: CALL_BACK,
  circle: '/kring',
  /** POST: meetingId, answer = "<slotId>:<yes|if-need-be|no>" */
  answer: '/kring/antwoord',
  /** POST: state, note?, version */
  ownCommitment: '/kring/afspraken/:commitmentId',
  /** GET asks to be sure, POST removes. */
  removeMe: '/kring/haal-mij-weg',
  calendar: '/kring/beraad/:meetingId/agenda.ics',

  mine: '/mijn',
  /** Who looked; query: na? */
  mineLooks: '/mijn/wie-keek',
  circleLooks: '/kring/wie-keek',
  /** What is kept about me. POST: the fields of what I say about myself, version */
  mineData: '/mijn/gegevens',
  circleData: '/kring/gegevens',
  /** The same as a file: gegevens.html, gegevens.json. */
  mineDataFile: '/mijn/gegevens/bestand/:name',
  circleDataFile: '/kring/gegevens/bestand/:name',
  /** POST: subject, text */
  mineCorrection: '/mijn/gegevens/klopt-niet',
  circleCorrection: '/kring/gegevens/klopt-niet',
  /** GET asks to be sure; POST: stopContact?, text? */
  mineErasure: '/mijn/gegevens/wissen',
  /** Of the lead. POST: outcome, ground?, remark? */
  erasures: '/leiding/verwijderen',
  erasureDecision: '/leiding/verwijderen/:requestId',
  /** POST: outcome, text */
  correctionAnswer: '/werk/trajecten/:ref/verbeteren/:correctionId',
  /** What I said yes to. */
  mineYes: '/mijn/ja',
  circleYes: '/kring/ja',
  /** POST, no fields: takes one back. */
  mineYesBack: '/mijn/ja/:consentId/terug',
  circleYesBack: '/kring/ja/:consentId/terug',
  /** POST: given = "true" | "false" */
  mineFigures: '/mijn/ja/cijfers',
  /** POST: memberId, professionalMemberId, subject, until */
  noteRelease: '/werk/trajecten/:ref/ja/praten',
  /** POST: memberId, given, on, how */
  noteFigures: '/werk/trajecten/:ref/ja/cijfers',
  /** POST: reason, remark? */
  noteYesBack: '/werk/trajecten/:ref/ja/:consentId/terug',
  /** POST: memberIds.0, memberIds.1, mode, reason */
  keepApart: '/werk/trajecten/:ref/uit-elkaar',
  /** POST: remark? */
  endApart: '/werk/trajecten/:ref/uit-elkaar/:restrictionId/einde',
  /** POST, version */
  mineApprove: '/mijn/kring/:memberId/ja',
  mineRefuse: '/mijn/kring/:memberId/liever-niet',
  /** POST: want, can, need */
  mineStatement: '/mijn/zinnen',
  /** POST: planId, agrees = "true" | "false", remark? */
  mineAgreement: '/mijn/plan',

  work: WORK,
  /** POST: facilitatorId, kind? */
  acceptReferral: '/werk/aanmeldingen/:referralId/oppakken',
  /** POST, no fields: a call or letter of the list is done. */
  handMessageDone: '/werk/berichten/:messageId/gedaan',

  case: '/werk/trajecten/:ref',
  /** POST: name, firstName?, relation, organisation?, email?, phone?, reach?, address? */
  addMember: '/werk/trajecten/:ref/kring',
  /** POST, no fields: approval noted by the facilitator, today, in conversation. */
  approveMember: '/werk/trajecten/:ref/kring/:memberId/goedkeuring',
  refuseMember: '/werk/trajecten/:ref/kring/:memberId/liever-niet',
  removeMember: '/werk/trajecten/:ref/kring/:memberId/weghalen',
  /** POST: via = "mail" | "sms" | "show" (the button's value); `show` answers with ShownLinkPage. */
  memberLink: '/werk/trajecten/:ref/kring/:memberId/link',
  /** POST, no fields: the number was verified in conversation. */
  verifyPhone: '/werk/trajecten/:ref/kring/:memberId/nummer-klopt',
  /** POST, no fields: every link and device ends. */
  lostPhone: '/werk/trajecten/:ref/kring/:memberId/telefoon-kwijt',
  /** POST: memberId, channel, outcome, note? */
  contact: '/werk/trajecten/:ref/contact',
  /** POST, no fields: everyone who may be invited and is not yet. */
  invite: '/werk/trajecten/:ref/uitnodigingen',
  /** POST: directDanger = "true" | "false", veiligThuis, spokenAlone (list), together, note? */
  safetyCheck: '/werk/trajecten/:ref/veiligheid',
  /** POST: doneOn (empty takes it back) */
  lawClock: '/werk/trajecten/:ref/termijnen/:clock',
  /** POST: place.type, place.publicPlaceId? ("<place>" or "<place>:<room>"), place.address?, place.url?, slots.N.{date,from,to}, mustAttend (list) */
  addMeeting: '/werk/trajecten/:ref/beraden',
  /** POST: slotId */
  confirmMeeting: '/werk/trajecten/:ref/beraden/:meetingId/vastzetten',
  /** POST: memberId, answers.<slotId>, remark? */
  answerFor: '/werk/trajecten/:ref/beraden/:meetingId/antwoorden',
  /** POST: items.N.memberId, items.N.presence */
  attendance: '/werk/trajecten/:ref/beraden/:meetingId/aanwezigheid',
  /** POST: outcome, reason?, facilitatorHours?, note? */
  conclude: '/werk/trajecten/:ref/beraden/:meetingId/afronden',
  /** POST: memberId, want, can, need */
  statement: '/werk/trajecten/:ref/zinnen',
  /** POST: home, money, relations, days */
  preconditions: '/werk/trajecten/:ref/voorwaarden',
  /**
   * POST: version, goals.N.{id?,text}, commitments.N.{id?,memberId,text,goalId?,dueOn?,every?},
   * safetyConditions.N.{id,text,reason?,setByMemberId,deputyMemberId?,metBy?}
   */
  planDraft: '/werk/trajecten/:ref/plan/concept',
  /** POST, no fields */
  fixPlan: '/werk/trajecten/:ref/plan/vastleggen',
  /** POST: planId, memberId, agrees, remark? */
  agreement: '/werk/trajecten/:ref/plan/akkoord',
  /** POST: state, note?, version */
  commitment: '/werk/trajecten/:ref/afspraken/:commitmentId',
  /** POST: memberId, instrument, moment, answers.<itemId> */
  wellbeing: '/werk/trajecten/:ref/welbevinden',
  /** POST: side, itemId, quantity, per, basis, status? */
  addCostLine: '/werk/trajecten/:ref/kosten',
  /** POST: version */
  removeCostLine: '/werk/trajecten/:ref/kosten/:lineId/weghalen',
  /** POST: outcome, remark? */
  close: '/werk/trajecten/:ref/afronden',
  /** POST: reason, remark? */
  stop: '/werk/trajecten/:ref/stoppen',

  lead: LEAD,
  /** POST: from.date, from.time, to.date, to.time, firstId, secondId? */
  leadDuties: '/leiding/rooster',
  /** POST, no fields: out of the roster. */
  leadDuty: '/leiding/rooster/:dutyId/weg',
  /** POST: facilitatorId, reason, remark?, standIns.N.{meetingId,facilitatorId} */
  leadHandover: '/leiding/gespreksleiders/:staffId/overdragen',
  handOverCase: '/werk/trajecten/:ref/overdragen',
  /** GET shows a form and changes nothing. POST: password */
  welcome: '/welkom/:token',
  /** POST: email */
  forgotten: '/wachtwoord-vergeten',
  /** For the admin: a page that leads to each part. */
  admin: ADMIN,
  /** POST: name, email, phone?, roles (list) */
  adminStaff: '/beheer/medewerkers',
  /** POST: name, email, phone?, roles (list), version */
  adminStaffMember: '/beheer/medewerkers/:staffId',
  /** POST: reason, remark?, handOverTo? */
  adminStaffDisable: '/beheer/medewerkers/:staffId/sluiten',
  /** POST, no fields */
  adminStaffEnable: '/beheer/medewerkers/:staffId/openen',
  adminStaffLink: '/beheer/medewerkers/:staffId/link',
  adminStaffSessions: '/beheer/medewerkers/:staffId/sessies/einde',
  /** Query: nummer?, persoon?, na? */
  adminLog: '/beheer/logboek',
  /** What is kept how long; each run has a page of its own below it. */
  retention: '/beheer/bewaren',
  /** POST: rule, ground, effectiveFrom? */
  retentionRule: '/beheer/bewaren/regel',
  /** POST: on?, rule? */
  retentionTrial: '/beheer/bewaren/proef',
  /** GET asks to be sure, POST starts. */
  retentionErase: '/beheer/bewaren/wissen',
  /** POST: reference, reason, remark?, until? */
  retentionHold: '/beheer/bewaren/vasthouden',
  /** POST, no fields. */
  retentionRelease: '/beheer/bewaren/vasthouden/:caseId/opheffen',
  retentionRun: '/beheer/bewaren/beurten/:runId',
  /** One's own sessions and password. */
  account: ACCOUNT,
  /** POST: current, next */
  accountPassword: '/mijn-account/wachtwoord',
  /** POST, no fields */
  accountSession: '/mijn-account/sessies/:sessionId/einde',
} as const;

type Names<Pattern extends string> = Pattern extends `${infer Head}/${infer Rest}`
  ? Names<Head> | Names<Rest>
  : Pattern extends `:${infer Name}`
    ? Name
    : never;

/** An address with its parts filled in. `address(ROUTES.case, { ref: 'NB-2026-000001' })` */
export function address<Pattern extends string>(pattern: Pattern, parts: Record<Names<Pattern>, string>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent((parts as Record<string, string>)[name] ?? ''));
}

/** A page with the message that something was done. */
export const withDone = (path: string, code: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}gedaan=${encodeURIComponent(code)}`;
