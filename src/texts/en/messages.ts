import { invitationIn, type InvitationWords } from '../invitation.js';
import { messageDates } from '../message-dates.js';
import type { CircleTexts } from '../nl/circle-messages.js';
import type { FirstNotice, MessageAbout, MessageText } from '../nl/messages.js';
import { chairAskedIn, privateTimeOpenIn } from '../nl/table-messages.js';
import { chairAsked, left, privateTimeOpen } from './table-messages.js';

const dates = messageDates('en-GB', {
  moment: (day, time) => `${day} at ${time}`,
  span: (day, from, until) => `${day}, ${from} to ${until}`,
});

const beforeDay = (day: string | null): string => (day ? `Could you do that before ${day}?` : 'Within a week would be great.');
const before = (instant: Date | string | null | undefined): string => beforeDay(instant ? dates.day(instant) : null);

const PAGE_WAYS = {
  withLink: 'You do not need an account or a password.',
  withoutLink: 'Open your own page with the link we sent you before. Lost the link? Give us a call and you will get a new one.',
};

const stop = 'Would you rather not take part any more? Tap ‘haal mij weg’ (take me off) on your page. We will then erase your details.';
const stopHint = (about: MessageAbout): string[] => (about.link && !about.first ? [stop] : []);
const openPage = (about: MessageAbout, label: string): MessageText['button'] => (about.link ? { label, url: about.link } : null);
const pageHint = (about: MessageAbout): string => (about.link ? PAGE_WAYS.withLink : PAGE_WAYS.withoutLink);

const off = (instant: Date | string | null): string =>
  instant ? `The appointment of ${dates.moment(instant)} is cancelled.` : 'You no longer need to choose a date: we have stopped looking for now.';

const PLAN_STOPPED = 'The plan that you were part of has stopped. What you were going to do is no longer needed. Thank you for being there.';

const invitation: InvitationWords = {
  subject: { talk: 'Invitation to a conversation', plan: 'Would you like to think along?', again: 'We would love to know if you can join' },
  spoken: (resident) => `We spoke with you about ${resident}. Here is the invitation.`,
  announced: {
    talk: (resident) => `${resident} wants to sit down with a few people and hopes that you will be there.`,
    plan: (resident) => `${resident} is making a plan with a few people and hopes that you will think along.`,
  },
  again: (resident) => `We asked you before if you would like to think along with ${resident}. Here is the invitation once more.`,
  notSpokenYet: (who) => `${who} helps to arrange it. We have not spoken with each other yet.`,
  callFirst: 'Feel free to call first if you want to ask something.',
  about: {
    netwerkberaad: () => 'Together we look at what is needed and who can do what.',
    'eigen-kracht': () => 'Family and friends make a plan together. Part of the time they talk among themselves, without professionals.',
    mdo: (resident) => `${resident} leads the conversation and says what is needed.`,
    jim: (resident) => `It is about what ${resident} wants, and who can help with that.`,
    netwerkplan: () => 'There is no meeting. You say what you would like to do, and it may be something small.',
  },
  part: {
    informal: (resident) => [`${resident} hopes that you will think along.`],
    professional: (resident) => [
      'We ask you to join because of what you know and can do in your work.',
      `You only speak about what ${resident} agrees to.`,
    ],
    'support-person': () => ['You come along to support someone. You do not have to promise anything yourself.'],
    interpreter: () => ['We ask you to interpret. What you hear, you do not pass on.'],
    jim: (resident) => [`${resident} chooses you as JIM: someone to rely on, who thinks along and stands beside ${resident}.`],
    young: () => ['You can say what you think. Someone will help you with that.', 'Would you rather not? That is fine too.'],
  },
  answer: { talk: 'Will you let us know if you can be there?', plan: 'Will you let us know if you want to take part?' },
  before: beforeDay,
  when: 'When',
  choice: (number) => `Option ${number}`,
  button: 'Give your answer',
  pageHint: PAGE_WAYS,
  sms: {
    talk: (resident) => `${resident} would like you to think along in a conversation. Please answer on your page.`,
    plan: (resident) => `${resident} is making a plan and hopes you will think along. Please answer on your page.`,
    again: (resident) => `We asked you before to think along with ${resident}. Will you answer on your page?`,
    young: (resident) => `${resident} would like to hear what you think. Look at your page. Rather not? That is fine too.`,
  },
};

const GROUNDS: Readonly<Record<string, string>> = {
  'public-task': 'It is a task of the municipality to help people with this.',
  jeugdwet: 'It is part of the help under the Youth Act (Jeugdwet).',
  wmo: 'It is part of the help under the Social Support Act (Wmo).',
  'legitimate-interest': 'It is needed to have a conversation together.',
};

const named = (v: FirstNotice): string => `${v.givenBy} gave us your name and how we can reach you.`;
const kept = (v: FirstNotice): string[] => [
  `What do we keep? Your name, who you are to ${v.resident}, how we reach you, and what you answer and promise.`,
  `Why may we do that? ${GROUNDS[v.ground] ?? GROUNDS['public-task']!}`,
  'How long? If you do not take part or we hear nothing, we erase your details within 28 days.',
  'If you take part, we keep them for 1 year at most.',
];

/** English, for people of the circle and main persons. */
export const en: CircleTexts = {
  templates: {
    invitation: invitationIn(invitation, dates),

    'meeting-poll': (v, about) => ({
      subject: 'Can you choose a date?',
      say: [
        v.resident
          ? `${v.resident} wants to sit down together. When can you come?`
          : 'We are looking for a date for your conversation. When can you come?',
        'Tell us for each date if you can. It takes a minute.',
        before(v.answerBy),
      ],
      facts: v.slots.map((slot, i) => [`Option ${i + 1}`, dates.span(slot)]),
      button: openPage(about, 'Choose when you can come'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: 'When can you come to the conversation? Choose a date on your page.',
      smsUrl: about.link,
    }),

    'meeting-fixed': (v, about) => {
      const talk = v.review ? 'We are meeting again' : 'The date of the conversation is set';
      return {
        subject: v.movedFrom ? 'The appointment has changed' : 'The date is set',
        say: [
          v.movedFrom
            ? `The appointment of ${dates.moment(v.movedFrom)} has changed. Please check if you can make it now, and let us know.`
            : `${talk}${v.resident ? `. ${v.resident} hopes that you will come` : ''}.`,
          'Can you not come after all? Then please tell us as soon as possible.',
        ],
        facts: [['When', dates.span(v)], ...(v.place ? [['Where', v.place] as [string, string]] : [])],
        button: openPage(about, 'See the appointment'),
        after: [pageHint(about), ...(about.hasCalendar ? ['The appointment is attached too, so that you can put it in your calendar.'] : [])],
        notice: v.resident ? stopHint(about) : [],
        sms: `${v.movedFrom ? `The appointment of ${dates.moment(v.movedFrom)} has changed. New` : talk}: ${dates.span(v)}.${v.place ? ` ${v.place}.` : ''}`,
        smsUrl: about.link,
      };
    },

    'meeting-cancelled': (v, about) => ({
      subject: v.startsAt ? 'The appointment is cancelled' : 'We are not looking for a date now',
      say: [
        off(v.startsAt),
        v.planStopped ? PLAN_STOPPED : 'You do not have to do anything. If there is a new date, we will tell you.',
      ],
      quote: v.reason ?? null,
      button: openPage(about, 'Open your page'),
      after: about.hasCalendar ? ['The attachment takes the appointment out of your calendar as well.'] : [],
      notice: v.resident ? stopHint(about) : [],
      sms: `${off(v.startsAt)} ${v.planStopped ? PLAN_STOPPED : 'If there is a new date, we will tell you.'}`,
    }),

    'meeting-left': (v, about) => ({
      subject: 'The appointment leaves your calendar',
      say: v.left
        ? [`You do not take part in the appointment of ${dates.moment(v.startsAt)}.`, 'You do not have to do anything.']
        : [`You are not coming to the appointment of ${dates.moment(v.startsAt)}.`, 'Can you come after all? Let us know. We will then send you the appointment again.'],
      button: openPage(about, 'Open your page'),
      after: about.hasCalendar ? ['The attachment takes the appointment out of your calendar.'] : [],
      sms: `The appointment of ${dates.moment(v.startsAt)} leaves your calendar. You do not have to do anything.`,
    }),

    'meeting-reminder': (v, about) => ({
      subject: 'Our appointment is coming up',
      say: ['We will sit down together soon. It would be good to see you.', 'Can you not come after all? Then please tell us as soon as possible.'],
      facts: [['When', dates.span(v)], ...(v.place ? [['Where', v.place] as [string, string]] : [])],
      button: openPage(about, 'See the appointment'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: `Our appointment is coming up: ${dates.span(v)}.${v.place ? ` ${v.place}.` : ''}`,
      smsUrl: about.link,
    }),

    'poll-reminder': (v, about) => ({
      subject: 'Which date suits you?',
      say: [v.resident ? `${v.resident} would like to know when you can come.` : 'We would like to know when you can come.', 'Say for each date if you can. None of them? That helps us too.', `Could you do that before ${dates.moment(v.answerBy)}?`],
      facts: v.slots.map((slot, i) => [`Option ${i + 1}`, dates.span(slot)]),
      button: openPage(about, 'Choose when you can'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: `We would like to know when you can come. Choose a date on your page, before ${dates.moment(v.answerBy)}.`,
      smsUrl: about.link,
    }),

    'personal-link': (v, about) => ({
      subject: 'The link to your own page',
      say: [
        'Here is the link to your own page. There you see what is asked of you, and you give your answer.',
        'The link is for you alone. Please do not pass it on.',
        ...(about.linkEndsAt ? [`It works until ${dates.day(about.linkEndsAt)}. A link that we sent before no longer works.`] : []),
      ],
      button: openPage(about, 'Open your page'),
      after: [pageHint(about)],
      notice: ['Did you not ask for this? Then you do not have to do anything.', ...(v.isMainPerson ? [] : stopHint(about))],
      sms: 'Here is the link to your own page. It is for you alone.',
      smsUrl: about.link,
    }),

    'device-code': (v) => ({
      subject: 'Your code',
      say: [
        `Your code is ${v.code}.`,
        `Type it on your page. It works until ${dates.moment(v.expiresAt)}.`,
        'Do not give this code to anyone, not even if someone calls and asks for it.',
      ],
      notice: ['Did you not ask for this? Then you do not have to do anything.'],
      sms: `Your code is ${v.code}. Type it on your page. Do not give it to anyone.`,
    }),

    'plan-goes': (v, about) => ({
      subject: 'Would you like to keep something?',
      say: [
        `From ${dates.day(v.goesOn)} we no longer keep anything of your conversations with us. We also erase your page.`,
        'Would you like to keep what was agreed? Open your page before that day and save it, or print it.',
      ],
      button: openPage(about, 'Open your page'),
      after: [pageHint(about), 'Is there nothing to keep? Then you do not have to do anything.'],
      sms: `From ${dates.day(v.goesOn)} we erase your page. Would you like to keep what was agreed? Do so before that day. Lost the link? Call us.`,
      smsUrl: about.link,
    }),

    'condition-test': (v, about) => ({
      subject: 'Would you look at something?',
      say: ['Something is ready on your page for you to look at: is it right like this, or is more needed?', `Would you do so before the end of ${dates.day(v.testBy)}? Others are waiting for your answer.`],
      button: openPage(about, 'Look at it on your page'),
      after: [pageHint(about)],
      notice: stopHint(about),
      sms: `Something is ready on your page for you to look at. Would you do so before the end of ${dates.day(v.testBy)}?`,
      smsUrl: about.link,
    }),

    'plan-returned': (v, about) => ({
      subject: 'We look at it together once more',
      say: ['Your plan comes back to you once more. Something is still needed before it can go on.', 'What you thought of together stays. On your page you read what is still needed.'],
      button: openPage(about, 'Read what is still needed'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'Your plan comes back once more: something is still needed. You can read it on your page.',
      smsUrl: about.link,
    }),

    'plan-stopped': () => ({ subject: 'The plan has stopped', say: [PLAN_STOPPED], after: ['You do not have to do anything any more.'], sms: PLAN_STOPPED }),

    handover: (v, about) => ({
      subject: 'You have a new contact person',
      say: [
        `${v.facilitator} takes over from ${v.before}.`,
        v.isMainPerson
          ? `${v.facilitator} leads your conversations from now on. You do not have to tell everything again.`
          : `${v.facilitator} arranges the conversation${v.resident ? ` with ${v.resident}` : ''} from now on. Appointments stay as they are.`,
        ...(v.isMainPerson ? ['Would you prefer someone else? You can say so. Call us, or ask on your page to be called.'] : []),
      ],
      button: openPage(about, 'Open your page'),
      after: ['You do not have to do anything now.'],
      notice: !v.isMainPerson && about.link ? [stop] : [],
      sms: `${v.facilitator} takes over from ${v.before} and is your contact person from now on.`,
      smsUrl: about.link,
    }),

    'chair-asked': chairAskedIn(chairAsked, dates.moment, { openPage, pageHint, stopHint }),
    'private-time-open': privateTimeOpenIn(privateTimeOpen, { openPage, pageHint }),
    'marks-asked': (v, about) => ({
      subject: v.closed ? 'Thank you' : 'How was it for you?',
      say: [
        v.closed ? 'We have come to the end of what we did together. Thank you for taking part.' : 'We sat down together. Thank you for taking part.',
        ...left(v.left),
        'Would you give two marks on your page, and a sentence if you like? It takes a minute. You would rather not? That is fine too.',
      ],
      button: openPage(about, 'Give your marks'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: `${v.closed ? 'We have come to the end of what we did together.' : 'We sat down together.'} Thank you! Would you give two marks on your page? You do not have to.${left(v.left).map((sentence) => ` ${sentence}`).join('')}`,
      smsUrl: about.link,
    }),

    'check-in': (v, about) => ({
      subject: 'How is it going?',
      say: [
        v.count === 1 ? 'You agreed to do something. How is it going?' : `You agreed to do ${v.count} things. How is it going?`,
        'On your page you can say it with one tap: done, working on it, I am stuck, or I give it back. Any answer is fine.',
      ],
      button: openPage(about, 'Say how it is going'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'How is it going with what you agreed to do? Say it on your page, or call. Any answer is fine.',
      smsUrl: about.link,
    }),

    'promise-asked': (v, about) => ({
      subject: 'Would you like to do something?',
      say: [
        v.resident ? `${v.resident} hopes that you would like to do something in the plan.` : 'In your plan there is something that you may want to do.',
        `On your page you can read what it is. Say yes or rather not${v.count === 1 ? '' : ' to each of them'}. Both are fine.`,
      ],
      button: openPage(about, 'Read the question'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: 'Would you like to do something? Read on your page what it is. Say yes or rather not. Both are fine.',
      smsUrl: about.link,
    }),

    'plan-carried': (v, about) => ({
      subject: 'What we have agreed',
      say: [
        v.isMainPerson ? 'The plan is there. You can read it on your page.' : 'The plan is there. You can read on your page what you do.',
        'You can have it read aloud, or keep it to print.',
        'Does something not work out? That is no problem. Tell us, and we look further together.',
      ],
      button: openPage(about, v.isMainPerson ? 'Read the plan' : 'Read what I do'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'We have written down what we agreed. You can read it on your page.',
      smsUrl: about.link,
    }),

    'director-text': (_, about) => ({
      subject: 'Would you read a text?',
      say: [
        'There is a text ready for you on your page. We would like to send it to somebody who can help. Your name is not in it.',
        'Read it first. Say whether it may go, or rather not. Both are fine. Without your yes it does not go.',
      ],
      button: openPage(about, 'Read the text'),
      after: [pageHint(about)],
      sms: 'There is a text ready for you on your page. Read it and say whether it may go, or rather not.',
      smsUrl: about.link,
    }),

    'referral-received': (v, about) => ({
      subject: 'We have your question',
      say: [
        `We received your question on ${dates.moment(v.receivedAt)}.`,
        v.acute
          ? 'You wrote that it is urgent. We are looking for someone to take it up now. You will hear as soon as possible who that is.'
          : 'We will look at it within 2 working days. After that you will hear who takes it up.',
        ...(v.self ? ['We will call or speak with you first. Until then we contact nobody else.'] : []),
        ...(v.acute ? ['Is there immediate danger? Call 112.'] : []),
      ],
      after: ['You do not have to do anything now.'],
      notice: [`You get this message because you asked ${about.organisation} something. Is that not right? Please tell us.`],
      sms: v.acute
        ? 'We have your question. We are looking for someone to take it up now. Is there immediate danger? Call 112.'
        : 'We have your question. We will look at it within 2 working days.',
    }),

    'referral-accepted': (v) => ({
      subject: 'Your question has been taken up',
      say: [
        `${v.facilitator} took this up on ${dates.moment(v.acceptedAt)}.`,
        `${v.facilitator} will contact you within 2 working days.`,
      ],
      after: ['You do not have to do anything now.'],
      sms: `${v.facilitator} took this up on ${dates.moment(v.acceptedAt)} and will contact you within 2 working days.`,
    }),

    'referral-declined': (v) => ({
      subject: 'About your question',
      say: ['We cannot take up your question.', v.reason],
      quote: v.remark ?? null,
      after: ['Would you like to talk about it? Feel free to call. We will think along about what is possible.'],
      sms: `We cannot take up your question. ${v.reason} Would you like to talk about it? Feel free to call.`,
    }),

    'information-requested': (v, about) => ({
      subject: 'We have one more question',
      say: [`We are working on your question to ${about.organisation}.`, 'To go on, we would like to know something more:'],
      quote: v.question,
      button: v.url ? { label: 'Give your answer', url: v.url } : null,
      after: [v.url ? 'Please answer within a week if you can.' : 'Could you call us? Within a week would be great.'],
      sms: `${about.organisation} has one more thing to ask you.${v.url ? '' : ' Could you call us?'}`,
      smsUrl: v.url,
    }),
  },

  layout: {
    letter: {
      tick: 'Tick what suits you',
      comes: 'I would like to take part',
      comesNot: 'I would rather not take part',
      can: 'I can come on',
      none: 'I cannot come on any of these days',
      strip: 'Cut off this slip and send or hand it back. Or call and say what you choose.',
      name: 'Name',
      remark: 'Would you like to add anything?',
    },
    hello: (name) => (name ? `Hello ${name},` : 'Hello,'),
    call: (who, phone) => `Questions? Call ${who}: ${phone}.`,
    greetings: 'Kind regards,',
    textMessage: (said, who, phone) => `${said} ${phone ? `Questions? Call ${phone}. ` : ''}Regards, ${who}.`,
    signed: (facilitator, organisation) => (facilitator ? [facilitator, organisation] : [organisation]),
  },

  first: {
    facilitator: 'The facilitator',
    notice: (v) => [
      `Why do you get this message? ${named(v)}`,
      ...kept(v),
      'Do you not want this? Tap ‘haal mij weg’ (take me off) on your page. We will erase your details and you will not hear from us again.',
    ],
    byHand: (v) => [
      `How did we get your name? ${named(v)}`,
      ...kept(v),
      'Do you not want this? Say so or call us. We will erase your details and you will not hear from us again.',
    ],
    sms: (v) => `${v.givenBy} gave us your number. On your page you read what we keep, and you can take yourself off.`,
  },
};
