import { ADMIN } from '../web/addresses.js';

/** The addresses of `/beheer`: staff, messages, texts, the log, how long things are kept. */
export const ADMIN_ROUTES = {
  /** For the admin: a page that leads to each part. */
  admin: ADMIN,
  /** POST: name, email, phone?, roles (list) */
  adminStaff: '/beheer/medewerkers',
  /** Messages that did not arrive; query: na? */
  adminMessages: '/beheer/berichten',
  /** POST, no fields: sends it again. */
  adminMessageAgain: '/beheer/berichten/:messageId/opnieuw',
  /** What the service writes to people, with made-up names; query of one: taal, soort, rol */
  adminTexts: '/beheer/teksten',
  adminText: '/beheer/teksten/:template',
  /** The mail itself, as a page of its own. */
  adminTextMail: '/beheer/teksten/:template/mail',
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
} as const;
