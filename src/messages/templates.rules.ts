import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { circleTextsFor, directionOf, isCircleTemplate, messageLanguage } from '../texts/message-languages.js';
import { nl, type Texts } from '../texts/texts.js';
import type { MessageAbout, MessageText } from '../texts/nl/messages.js';
import { mailHtml } from './mail.pages.js';
import { line, lines } from './plain.rules.js';

/** Every message that the service sends. What goes to others than staff has its texts in every language (`circleTemplates`). */
export const TEMPLATES = [
  'invitation',
  'meeting-poll',
  'meeting-fixed',
  'meeting-cancelled',
  'meeting-left',
  'meeting-reminder',
  'poll-reminder',
  'poll-answers',
  'stand-in-date',
  'personal-link',
  'device-code',
  'referral-received',
  'referral-confirmation',
  'referral-accepted',
  'referral-declined',
  'information-requested',
  'acute-unassigned',
  'referral-waited',
  'acute-alert',
  'acute-received',
  'acute-acknowledged',
  'acute-waiting',
  'acute-not-held',
  'condition-test',
  'plan-returned',
  'plan-stopped',
  'plan-goes',
  'call-back',
  'together-asked',
  'consent-withdrawn',
  'password-link',
  'handover',
  'check-in',
  'marks-asked',
  'private-time-open',
  'chair-asked',
  'promise-asked',
  'plan-carried',
  'obstacle-open',
  'obstacle-director',
  'director-text',
] as const;
export type Template = (typeof TEMPLATES)[number];

type TemplateTexts = Texts['messages']['templates'];
/** What each template needs to know; the field comments stand with the texts. */
export type TemplateValues = { [T in Template]: Parameters<TemplateTexts[T]>[0] };

/** A calendar, a plan: text, never a path or an address to fetch from. */
export interface Attachment {
  filename: string;
  contentType: string;
  content: string;
}

/** An attachment as mail programs want it: a plain file name, and for a calendar the method that it has inside (RFC 6047). */
export function attachment({ filename, contentType, content }: Attachment): Attachment {
  const plain = line(filename, 100).replace(/[^\w. -]/gu, '_');
  if (!contentType.startsWith('text/calendar')) return { filename: plain, contentType: line(contentType, 100), content };
  const method = /^METHOD:([A-Z]+)/m.exec(content)?.[1] ?? 'PUBLISH';
  return { filename: plain, contentType: `text/calendar; charset=utf-8; method=${method}`, content };
}

/** All that is written and sent about one message, sealed until it has gone. */
export interface MessageContent<T extends Template = Template> {
  address: string | null;
  name: string;
  language: string;
  values: TemplateValues[T];
  /** What it said is no longer known: it came back after it went. */
  forgotten?: true;
  attachments: Attachment[];
  /** Ask for a personal link when it goes out; `makesKnown` when the way there is known to be theirs. */
  link: { makesKnown: boolean; rotates?: boolean } | null;
}

export interface RenderedMessage {
  subject: string;
  text: string;
  html: string;
  sms: string;
}

const LONGEST_SUBJECT = 120;
const LONGEST_NAME = 100;
const LONGEST_SMS = 400;
/** The message's own words when the notice of first contact goes with them. */
const LONGEST_FIRST_SMS = 240;
const LONGEST_NAMER = 80;

/** The parts of a message as they are laid out: every text in it is harmless from here on. */
export interface MailParts {
  language: string;
  direction: 'ltr' | 'rtl';
  subject: string;
  hello: string;
  say: string[];
  facts: [string, string][];
  quote: string | null;
  button: { label: string; url: string } | null;
  after: string[];
  call: { text: string; tel: string } | null;
  greetings: string;
  signed: string[];
  notice: string[];
}

/** One message in the reader's language (Dutch when we do not have it), as mail and as SMS. */
export function render<T extends Template>(
  template: T,
  content: Pick<MessageContent<T>, 'name' | 'language' | 'values'>,
  about: MessageAbout & { phone: string | null },
): RenderedMessage {
  const { parts, sms } = said(template, content, about);
  return { subject: parts.subject, text: mailText(parts), html: mailHtml(parts), sms };
}

/** What a message says in its parts, for whatever it is laid out on; and as one text message. */
export function said<T extends Template>(
  template: T,
  { name, language, values }: Pick<MessageContent<T>, 'name' | 'language' | 'values'>,
  about: MessageAbout & { phone: string | null },
): { parts: MailParts; sms: string } {
  const spoken = isCircleTemplate(template) ? messageLanguage(language) : 'nl';
  const texts = circleTextsFor(spoken);
  const templates = { ...nl.messages.templates, ...texts.templates };
  const write = templates[template] as (values: TemplateValues[T], about: MessageAbout) => MessageText;
  const written = write(values, about);
  const from = values;
  const facilitator = from.facilitator ? line(from.facilitator, LONGEST_NAME) : null;
  const first = about.first && { ...about.first, givenBy: line(personName(about.first.givenBy), LONGEST_NAMER) };
  const organisation = line(about.organisation, LONGEST_NAME);
  const phone = readablePhone(from.phone ?? about.phone);
  const parts: MailParts = {
    language: spoken,
    direction: directionOf(spoken),
    subject: line(written.subject, LONGEST_SUBJECT),
    hello: texts.layout.hello(personName(name) || null),
    say: written.say.map((sentence) => line(sentence)),
    facts: (written.facts ?? []).map(([label, value]) => [line(label), line(value)]),
    quote: written.quote ? lines(written.quote) : null,
    button: written.button && isWebAddress(written.button.url) ? written.button : null,
    after: (written.after ?? []).map((sentence) => line(sentence)),
    call:
      phone === null ? null : { text: texts.layout.call(facilitator ?? organisation, phone), tel: phone.replace(/[^\d+]/g, '') },
    greetings: texts.layout.greetings,
    signed: texts.layout.signed(facilitator, organisation),
    notice: [...(first ? texts.first.notice(first) : []), ...(written.notice ?? [])].map((sentence) => line(sentence)),
  };
  const sms = first ? `${line(written.sms, LONGEST_FIRST_SMS)} ${texts.first.sms(first)}` : line(written.sms, LONGEST_SMS);
  const signed = texts.layout.textMessage(sms, parts.signed.join(', '), phone);
  return { parts, sms: written.smsUrl && isWebAddress(written.smsUrl) ? `${signed} ${written.smsUrl}` : signed };
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/.test(url);
}

/** A name for a greeting or a header: nothing that a mail program would turn into a link, for strangers may have typed it. */
export function personName(name: string): string {
  return line(name.replace(/[:/@\\<>"]+/gu, ' ').replace(/\.(?=\S)/gu, '. '), LONGEST_NAME);
}

function readablePhone(phone: string | null | undefined): string | null {
  if (!phone) return null;
  const number = parsePhoneNumberFromString(phone, 'NL');
  return number ? (number.country === 'NL' ? number.formatNational() : number.formatInternational()) : line(phone, 40);
}

function mailText(parts: MailParts): string {
  const blocks = [
    parts.hello,
    ...parts.say,
    parts.facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    parts.quote
      ? parts.quote
          .split('\n')
          .map((row) => `> ${row}`.trimEnd())
          .join('\n')
      : '',
    parts.button ? `${parts.button.label}:\n${parts.button.url}` : '',
    parts.after.join('\n'),
    parts.call?.text ?? '',
    [parts.greetings, ...parts.signed].join('\n'),
    parts.notice.length > 0 ? ['--', ...parts.notice].join('\n') : '',
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}
