/** What a failure's code stands for, in kinds for which there are words. */
export type FailureKind = 'bad-address' | 'full' | 'refused' | 'away' | 'ours' | 'unknown' | 'other';

const KINDS: readonly [RegExp, FailureKind][] = [
  [/^outcome-unknown$/, 'unknown'],
  [/^(returned-5\.1\.|sms-permanent-failure)/, 'bad-address'],
  [/^(returned-[45]\.2\.|delayed-|smtp-(4|552))/, 'full'],
  [/^sms-(temporary|technical)-failure$/, 'away'],
  [/^(eauth|smtp-(530|535)|sms-(400|401|403|429))/, 'ours'],
  [/^(smtp-5|returned-)/, 'refused'],
  [/^(e[a-z]+|sms-5\d\d|sms-away)$/, 'away'],
];

/** `smtp-452` is somebody whose mailbox takes nothing now, `econnection` a server that is away. A message that is bounced takes nothing there. */
export function failureKind(state: string, code: string | null): FailureKind {
  if (state === 'bounced' && (code === null || code.startsWith('smtp-'))) return 'bad-address';
  return KINDS.find(([pattern]) => pattern.test(code ?? ''))?.[1] ?? 'other';
}
