import { ACCOUNT, CALL_BACK, HOME, LEAD, REFERRALS, SIGN_OUT, WORK } from '../web/addresses.js';
import { ADMIN_ROUTES } from './admin.routes.js';

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
  /** GET ?organisatie=; POST: way, organisation? */
  refer: '/aanmelden',
  /** GET ?terug=controle, ?wie=<number>; POST: the fields of that question (`referrals/wizard.rules.ts`), terug?, wie?, then = "add" | "next" */
  referStep: '/aanmelden/:step',
  /** POST: person */
  referRemove: '/aanmelden/:step/weg',
  /** POST, no fields: nothing of it is kept. */
  referAgain: '/aanmelden/opnieuw',
  /** GET shows all answers; POST sends them. */
  referCheck: '/aanmelden/controle',
  referThanks: '/aanmelden/dank-je-wel',
  /** What one has referred oneself. */
  ownReferrals: REFERRALS,
  ownReferral: '/aanmeldingen/:referralId',
  /** POST: text, version */
  ownReferralAnswer: '/aanmeldingen/:referralId/antwoord',
  /** POST: reason, remark?, version */
  ownReferralWithdrawal: '/aanmeldingen/:referralId/intrekken',

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
  /** POST: text, category, whoseMove.organisation? (empty: the reader's own move) */
  ownStuck: '/kring/afspraken/:commitmentId/vast',
  /** POST: yes = "true" | "false" */
  ownTakingOver: '/kring/afspraken/:commitmentId/overnemen',
  /** POST: memberId, note? */
  ownPassing: '/kring/afspraken/:commitmentId/doorgeven',
  /** POST: text?, share = "true" | "false" */
  ownHelp: '/kring/afspraken/:commitmentId/hulp',
  /** Of what another promised. POST: text? */
  ownHelping: '/kring/afspraken/:commitmentId/meehelpen',
  /** POST: text, every?, dueOn?; or openOffer = "true" */
  ownContribution: '/kring/aanbod',
  /** POST: way, spokespersonId?, letter?, recordingAt?, reason?, remark? */
  ownPart: '/kring/meedoen',
  /** What the reader named as needed to be safe, point by point. */
  ownSafety: '/kring/veilig',
  /** POST: met = "true" | "false", reason? */
  ownSafetyTest: '/kring/veilig/:conditionId',
  /** POST: meeting?, plan?, sentence?, mayShare? = "true" */
  ownMarks: '/kring/cijfers',
  /** GET asks to be sure, POST removes. */
  removeMe: '/kring/haal-mij-weg',
  calendar: '/kring/beraad/:meetingId/agenda.ics',

  mine: '/mijn',
  /** Leading the meeting step by step. Query: stap?, oefenen?, pauze?, overgeven? */
  mineChairing: '/mijn/voorzitten',
  circleChairing: '/kring/voorzitten',
  /** POST, no fields: from now on nothing is asked until midnight. */
  mineChairingBegin: '/mijn/voorzitten/beginnen',
  circleChairingBegin: '/kring/voorzitten/beginnen',
  /** POST: memberId, or back = "true"; phase?, step? */
  mineChairingPassOn: '/mijn/voorzitten/overgeven',
  mineChairingPaper: '/mijn/voorzitten/papier',
  circleChairingPaper: '/kring/voorzitten/papier',
  /** A main person's circle. */
  mineCircle: '/mijn/kring',
  /** On whom a main person counts now. POST: names (one on each line), moment */
  mineAnswer: '/mijn/op-wie',
  /** GET ?vraag=; POST: name, relation, phone?, email?, viaMemberId?, may? = "true" */
  mineCircleMore: '/mijn/kring/erbij',
  /** At the table: time of the circle by itself, who writes. */
  mineTable: '/mijn/aan-tafel',
  circleTable: '/kring/aan-tafel',
  /** POST: event = "start" | "end", version */
  minePrivateTime: '/mijn/aan-tafel/:meetingId/besloten-tijd',
  circlePrivateTime: '/kring/aan-tafel/:meetingId/besloten-tijd',
  /** POST: who = "facilitator" | an id */
  mineCall: '/mijn/aan-tafel/:meetingId/erbij',
  circleCall: '/kring/aan-tafel/:meetingId/erbij',
  mineCallEnd: '/mijn/aan-tafel/:meetingId/weer-weg',
  circleCallEnd: '/kring/aan-tafel/:meetingId/weer-weg',
  /** POST: memberId (empty: nobody) */
  mineScribe: '/mijn/aan-tafel/:meetingId/schrijver',
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
  /** Whether a text for a director may go. POST: agrees = "true" | "false" */
  mineDirector: '/mijn/directeur/:obstacleId',
  /** POST: remark? Takes up a case again that was closed less than a year ago, or says that the plan does not go well; asks to be called. */
  mineTogether: '/mijn/weer-bij-elkaar',
  /** POST: accept = "true" | "false", text? */
  mineContribution: '/mijn/aanbod/:contributionId',
  minePreconditions: '/mijn/voorwaarden',
  mineWriting: '/mijn/meeschrijven',
  circleWriting: '/kring/meeschrijven',
  caseWriting: '/werk/trajecten/:ref/plan/schrijven',
  /** How often the draft was written, as a bare number: the page asks whether there is something new. */
  mineWritingCount: '/mijn/meeschrijven/stand',
  circleWritingCount: '/kring/meeschrijven/stand',
  caseWritingCount: '/werk/trajecten/:ref/plan/schrijven/stand',
  caseVersions: '/werk/trajecten/:ref/plan/versies',
  mineVersions: '/mijn/plan/versies',
  /** POST: planId, agrees = "true" | "false", remark? */
  mineAgreement: '/mijn/plan',
  /** The plan as one reads it; query: versie? The same as PDF. */
  minePlan: '/mijn/plan',
  minePlanPdf: '/mijn/plan.pdf',
  circlePlan: '/kring/plan',
  /** POST, of whose yes the plan needs too: planId, agrees = "true" | "false", remark? */
  circleAgreement: '/kring/plan',
  circlePlanPdf: '/kring/plan.pdf',
  /** Only what one does oneself. */
  mineSheet: '/mijn/mijn-blad',
  mineSheetPdf: '/mijn/mijn-blad.pdf',
  circleSheet: '/kring/mijn-blad',
  circleSheetPdf: '/kring/mijn-blad.pdf',
  /** Query: versie?, voor? (a member), taal? */
  casePlanPaper: '/werk/trajecten/:ref/plan/papier',
  casePlanPaperPdf: '/werk/trajecten/:ref/plan/papier.pdf',
  /** An empty form on A3; query: taal? */
  planForm: '/formulier/plan.pdf',

  work: WORK,
  /** One's own agenda: weeks, hours, absences, and the address for a calendar program. */
  agenda: '/werk/agenda',
  /** POST: hours.N.{weekday,from,until}: times of day */
  agendaHours: '/werk/agenda/werktijden',
  /** POST: kind, from, to, fromTime?, toTime?, note? */
  agendaAbsences: '/werk/agenda/afwezig',
  /** POST, no fields */
  agendaAbsence: '/werk/agenda/afwezig/:absenceId/weg',
  /** POST, no fields: answers with the page that shows the address once. */
  agendaFeed: '/werk/agenda/adres',
  agendaFeedEnd: '/werk/agenda/adres/stoppen',
  /** POST: facilitatorId, kind? */
  acceptReferral: '/werk/aanmeldingen/:referralId/oppakken',
  /** POST, no fields: a call or letter of the list is done. */
  handMessageDone: '/werk/berichten/:messageId/gedaan',
  /** A message by hand as a letter to print. */
  handLetter: '/werk/trajecten/:ref/brief/:messageId',

  case: '/werk/trajecten/:ref',
  /** POST: name, firstName?, relation, organisation?, email?, phone?, reach?, address?, ageBand?, guardians.{0,1}? */
  addMember: '/werk/trajecten/:ref/kring',
  /** POST: memberId, phone?, email?, address?, ageBand?, guardians.{0,1}? What is left empty stays. */
  changeMember: '/werk/trajecten/:ref/gegevens',
  /** What is done before the meeting. */
  /** What is in the way. POST: commitmentId, text, category, whoseMove.memberId? | whoseMove.organisation? */
  caseObstacles: '/werk/trajecten/:ref/belemmeringen',
  /** POST: note, version */
  caseObstacleGone: '/werk/trajecten/:ref/belemmeringen/:obstacleId/weg',
  /** POST: note?, version */
  caseObstacleBack: '/werk/trajecten/:ref/belemmeringen/:obstacleId/terug',
  /** POST: whoseMove.memberId? | whoseMove.organisation?, version */
  caseObstacleMove: '/werk/trajecten/:ref/belemmeringen/:obstacleId/aan-zet',
  /** POST: shareText, version */
  caseObstacleShare: '/werk/trajecten/:ref/belemmeringen/:obstacleId/delen',
  /** POST: memberId, agrees */
  caseObstacleDirector: '/werk/trajecten/:ref/belemmeringen/:obstacleId/directeur',
  casePreparation: '/werk/trajecten/:ref/voorbereiding',
  /** POST: memberId, by, outcome, needs?, brings?, note? */
  noteTalk: '/werk/trajecten/:ref/voorbereiding/gesprek',
  /** The script of the meeting, to read and to print. Query: soort? = "review" */
  caseScript: '/werk/trajecten/:ref/draaiboek',
  /** The same for who leads one meeting in the place of the case's facilitator. */
  standInScript: '/werk/beraden/:meetingId/draaiboek',
  /** POST: meetingId, memberId (empty: whom the kind says) */
  caseChair: '/werk/trajecten/:ref/draaiboek/voorzitter',
  /** POST: memberId, channel, outcome, note? */
  noteAttempt: '/werk/trajecten/:ref/voorbereiding/poging',
  /** POST: memberId, way, spokespersonId?, reason?, letter?, recordingAt?, remark? */
  noteParticipation: '/werk/trajecten/:ref/voorbereiding/meedoen',
  /** POST: ties, language, wishedLanguage?, wishedGender?, wishesMet, note? */
  noteIndependence: '/werk/trajecten/:ref/voorbereiding/onafhankelijk',
  /** POST, no fields. */
  referrerReached: '/werk/trajecten/:ref/voorbereiding/aanmelder',
  /** POST, no fields: approval noted by the facilitator, today, in conversation. */
  approveMember: '/werk/trajecten/:ref/kring/:memberId/goedkeuring',
  refuseMember: '/werk/trajecten/:ref/kring/:memberId/liever-niet',
  removeMember: '/werk/trajecten/:ref/kring/:memberId/weghalen',
  /** POST: note? */
  objectionTalk: '/werk/trajecten/:ref/kring/:memberId/besproken',
  /** POST: guardian */
  guardianYes: '/werk/trajecten/:ref/kring/:memberId/gezag',
  /** POST: memberId, note? */
  unreachable: '/werk/trajecten/:ref/niet-te-bereiken',
  /** POST, no fields: on their word. */
  startPrivateTime: '/werk/trajecten/:ref/beraden/:meetingId/besloten-tijd',
  /** POST: memberId (empty: nobody) */
  nameScribe: '/werk/trajecten/:ref/beraden/:meetingId/schrijver',
  /** POST: parts.<memberId> = "whole" | "first" | "second" */
  meetingParts: '/werk/trajecten/:ref/beraden/:meetingId/delen',
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
  /** POST: date, from, to, reason?, remark? */
  moveMeeting: '/werk/trajecten/:ref/beraden/:meetingId/verplaatsen',
  /** POST: reason, remark? */
  callOffMeeting: '/werk/trajecten/:ref/beraden/:meetingId/afzeggen',
  /** POST: reason?, remark? */
  reopen: '/werk/trajecten/:ref/weer-bij-elkaar',
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
  /** POST: memberId, note? */
  passingAsk: '/werk/trajecten/:ref/doorgeven/:commitmentId',
  /** POST: yes = "true" | "false" */
  passingAnswer: '/werk/trajecten/:ref/doorgeven/:commitmentId/antwoord',
  /** POST: memberId, text? */
  helpOffer: '/werk/trajecten/:ref/hulp/:commitmentId',
  /** POST: accept = "true" | "false", text? */
  contributionAnswer: '/werk/trajecten/:ref/aanbod/:contributionId',
  /** POST, no fields */
  fixPlan: '/werk/trajecten/:ref/plan/vastleggen',
  /** POST: planId, memberId, agrees, remark? */
  agreement: '/werk/trajecten/:ref/plan/akkoord',
  /** Six weeks after the plan, and looking back. */
  sixWeeks: '/werk/trajecten/:ref/zes-weken',
  /** POST: state, note?, version */
  sixWeeksProgress: '/werk/trajecten/:ref/zes-weken/:commitmentId',
  /** POST: date, reason, version */
  sixWeeksLater: '/werk/trajecten/:ref/zes-weken/:commitmentId/later',
  /** POST: text, category, whoseMove.memberId? | whoseMove.organisation? */
  sixWeeksObstacle: '/werk/trajecten/:ref/zes-weken/:commitmentId/in-de-weg',
  /** POST: slot = "<startsAt>" | "other", date?, from?, place.type, place.address?, place.url? */
  sixWeeksReview: '/werk/trajecten/:ref/terugkijken',
  sixWeeksLookedBack: '/werk/trajecten/:ref/teruggekeken',
  /** POST: state, note?, version */
  commitment: '/werk/trajecten/:ref/afspraken/:commitmentId',
  /** POST: memberId, instrument, moment, answers.<itemId> */
  wellbeing: '/werk/trajecten/:ref/welbevinden',
  /** POST: side, itemId, quantity, per, basis, status? */
  addCostLine: '/werk/trajecten/:ref/kosten',
  /** POST: version */
  removeCostLine: '/werk/trajecten/:ref/kosten/:lineId/weghalen',
  /** POST: outcome, remark?, commitments.N.{id,outcome,reason?} */
  close: '/werk/trajecten/:ref/afronden',
  /** POST: reason, remark? */
  stop: '/werk/trajecten/:ref/stoppen',

  /** An acute referral. GET shows one button; POST, no fields: I have it. */
  takeUrgent: '/werk/spoed/aanmelding/:referralId',
  /** Live; its part follows what others change, the stream says when. */
  urgent: '/werk/spoed/:ref',
  urgentPart: '/werk/spoed/:ref/stand',
  urgentStream: '/werk/spoed/:ref/stroom',
  /** POST: outcome = "reached" | "not-reached" */
  urgentCall: '/werk/spoed/:ref/bellen/:memberId',
  /** POST, no fields */
  urgentApprove: '/werk/spoed/:ref/ja/:memberId',
  /** POST: meetingId, answers.<slotId> */
  urgentAnswer: '/werk/spoed/:ref/antwoord/:memberId',
  /** POST, no fields */
  urgentInvite: '/werk/spoed/:ref/uitnodigen',
  /** POST: slot = "<startsAt>/<endsAt>", place.address, who? */
  urgentPlan: '/werk/spoed/:ref/plannen',
  /** POST: reason, remark? */
  urgentNotHeld: '/werk/spoed/:ref/niet-vandaag',

  lead: LEAD,
  /** Query: van?, tot? (months) */
  leadObstacles: '/leiding/belemmeringen',
  /** POST: items.N.{organisation,name,email} */
  leadDirectors: '/leiding/belemmeringen/directeuren',
  /** POST: category, organisation?, text */
  leadLesson: '/leiding/belemmeringen/geleerd',
  leadFigures: '/leiding/cijfers',
  /** One report as a file: lead-times.csv; query as above. */
  leadFiguresFile: '/leiding/cijfers/bestand/:name',
  /** POST: from.date, from.time, to.date, to.time, firstId, secondId? */
  leadDuties: '/leiding/rooster',
  /** POST: phone? */
  leadDutyPhone: '/leiding/rooster/nummer',
  /** POST, no fields: out of the roster. */
  leadDuty: '/leiding/rooster/:dutyId/weg',
  /** POST: facilitatorId, reason, remark?, standIns.N.{meetingId,facilitatorId} */
  leadHandover: '/leiding/gespreksleiders/:staffId/overdragen',
  /** POST: text, reason, setByMemberId, deputyMemberId? */
  addSafetyCondition: '/werk/trajecten/:ref/veilig',
  /** POST: form */
  legalForm: '/werk/trajecten/:ref/vorm',
  /** POST: planId, on */
  planSubmission: '/werk/trajecten/:ref/plan/ingediend',
  handOverCase: '/werk/trajecten/:ref/overdragen',
  /** GET shows a form and changes nothing. POST: password */
  welcome: '/welkom/:token',
  /** POST: email */
  forgotten: '/wachtwoord-vergeten',
  ...ADMIN_ROUTES,
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
export const withDone = (path: string, code: string): string => {
  const [page = '', section] = path.split('#');
  return `${page}${page.includes('?') ? '&' : '?'}gedaan=${encodeURIComponent(code)}${section ? `#${section}` : ''}`;
};
