import { invitationIn, type InvitationWords } from '../invitation.js';
import { messageDates } from '../message-dates.js';
import type { CircleTexts } from '../nl/circle-messages.js';
import type { FirstNotice, MessageAbout, MessageText } from '../nl/messages.js';
import { chairAskedIn, privateTimeOpenIn } from '../nl/table-messages.js';
import { chairAsked, left, privateTimeOpen } from './table-messages.js';

// Digits as on the clocks and the post here.
const dates = messageDates('ar-u-nu-latn', {
  moment: (day, time) => `${day}، الساعة ${time}`,
  span: (day, from, until) => `${day}، من الساعة ${from} إلى الساعة ${until}`,
});

const beforeDay = (day: string | null): string => (day ? `هل يمكنك ذلك قبل ${day}؟` : 'نرجو الرد خلال أسبوع إن أمكن.');
const before = (instant: Date | string | null | undefined): string => beforeDay(instant ? dates.day(instant) : null);

const PAGE_WAYS = {
  withLink: 'لا حاجة إلى حساب أو كلمة مرور.',
  withoutLink: 'افتح صفحتك بالرابط الذي وصلك من قبل. لم تجد الرابط؟ اتصل بنا ونرسل لك رابطًا جديدًا.',
};

const stop = 'تفضل عدم المشاركة بعد الآن؟ اضغط في صفحتك على ‘haal mij weg’ (أزيلوني). عندها نمحو بياناتك.';
const stopHint = (about: MessageAbout): string[] => (about.link && !about.first ? [stop] : []);
const openPage = (about: MessageAbout, label: string): MessageText['button'] => (about.link ? { label, url: about.link } : null);
const pageHint = (about: MessageAbout): string => (about.link ? PAGE_WAYS.withLink : PAGE_WAYS.withoutLink);

// We do not know whether somebody is a man or a woman: nouns (`طلب`, `حضور`) in place of verbs that would say so.
const off = (instant: Date | string | null): string =>
  instant ? `أُلغي الموعد التالي: ${dates.moment(instant)}.` : 'لم يعد عليك اختيار موعد: توقفنا عن البحث حاليًا.';

const PLAN_STOPPED = 'توقفت الخطة التي شاركت فيها. لم يعد مطلوبًا ما كنت ستفعله. شكرًا لوجودك.';

const invitation: InvitationWords = {
  subject: { talk: 'دعوة إلى لقاء', plan: 'هل ترغب في التفكير معنا؟', again: 'يسعدنا أن نعرف إن كنت ستشارك' },
  spoken: (resident) => `تحدثنا معك عن ${resident}. إليك الدعوة.`,
  announced: {
    talk: (resident) => `دعوة من ${resident} إلى لقاء مع عدد قليل من الناس، وحضورك مهم.`,
    plan: (resident) => `دعوة من ${resident} للتفكير في خطة مع عدد قليل من الناس، ورأيك مهم.`,
  },
  again: (resident) => `سألناك من قبل عن المشاركة في التفكير مع ${resident}. إليك الدعوة مرة أخرى.`,
  notSpokenYet: (who) => `المساعدة في الترتيب من ${who}. لم نتحدث معًا بعد.`,
  callFirst: 'إن كان لديك سؤال أولًا فاتصل بنا بكل راحة.',
  about: {
    netwerkberaad: () => 'ننظر معًا في ما هو مطلوب، ومن يستطيع أن يفعل ماذا.',
    'eigen-kracht': () => 'تضع العائلة والأصدقاء خطة معًا. وفي جزء من الوقت يتحدثون وحدهم دون مختصين.',
    mdo: (resident) => `قيادة اللقاء عند ${resident}، مع شرح ما هو مطلوب.`,
    jim: (resident) => `الموضوع هو رغبات ${resident}، ومن يستطيع المساعدة في ذلك.`,
    netwerkplan: () => 'لا يوجد اجتماع. تقول بنفسك ما تحب أن تفعله، وقد يكون شيئًا صغيرًا.',
  },
  part: {
    informal: (resident) => [`أمل ${resident} أن تشارك برأيك.`],
    professional: (resident) => ['نطلب حضورك لما تعرفه من عملك وما يمكنك فعله.', `الكلام يكون فقط في ما يوافق عليه ${resident}.`],
    'support-person': () => ['تأتي لتدعم شخصًا ما. لا يلزمك أن تعد بشيء.'],
    interpreter: () => ['نطلب منك الترجمة. ما تسمعه لا تنقله إلى أحد.'],
    jim: (resident) => [`اختيار ${resident} وقع عليك لتكون JIM: شخص موثوق يفكر معه ويقف إلى جانبه.`],
    young: () => ['يمكنك أن تقول رأيك. وهناك من يساعدك في ذلك.', 'لا ترغب في ذلك؟ هذا مقبول أيضًا.'],
  },
  answer: { talk: 'هل تخبرنا إن كان بإمكانك الحضور؟', plan: 'هل تخبرنا إن كنت ستشارك؟' },
  before: beforeDay,
  when: 'الموعد',
  choice: (number) => `الخيار ${number}`,
  button: 'أعطِ جوابك',
  pageHint: PAGE_WAYS,
  sms: {
    talk: (resident) => `دعوة من ${resident} إلى لقاء، ورأيك مهم. جوابك في صفحتك.`,
    plan: (resident) => `دعوة من ${resident} للتفكير في خطة. جوابك في صفحتك.`,
    again: (resident) => `سألناك من قبل عن التفكير مع ${resident}. هل تجيب في صفحتك؟`,
    young: (resident) => `رأيك مهم عند ${resident}. انظر صفحتك. لا ترغب؟ هذا مقبول أيضًا.`,
  },
};

const GROUNDS: Readonly<Record<string, string>> = {
  'public-task': 'مساعدة الناس في هذا من مهام البلدية.',
  jeugdwet: 'هذا جزء من المساعدة حسب قانون الشباب (Jeugdwet).',
  wmo: 'هذا جزء من المساعدة حسب قانون الدعم الاجتماعي (Wmo).',
  'legitimate-interest': 'هذا ضروري لكي نتحدث معًا.',
};

const named = (v: FirstNotice): string => `وصلنا اسمك وطريقة الاتصال بك من: ${v.givenBy}.`;
const kept = (v: FirstNotice): string[] => [
  `ماذا نحفظ؟ اسمك، وصلتك مع ${v.resident}، وكيف نصل إليك، وما تجيب به وما تعد به.`,
  `لماذا يحق لنا ذلك؟ ${GROUNDS[v.ground] ?? GROUNDS['public-task']!}`,
  'كم من الوقت؟ إذا لم تشارك أو لم يصلنا منك شيء، نمحو بياناتك خلال 28 يومًا.',
  'إذا شاركت، نحفظها سنة واحدة على الأكثر.',
];

/** Arabic, for people of the circle and main persons; it is laid out from right to left. */
export const ar: CircleTexts = {
  templates: {
    invitation: invitationIn(invitation, dates),

    'meeting-poll': (v, about) => ({
      subject: 'هل يمكنك اختيار موعد؟',
      say: [
        v.resident ? `نبحث عن موعد للقاء مع ${v.resident}. متى يمكنك الحضور؟` : 'نبحث عن موعد للقائك. متى يمكنك الحضور؟',
        'قل عند كل موعد إن كان يناسبك. لا يأخذ ذلك أكثر من دقيقة.',
        before(v.answerBy),
      ],
      facts: v.slots.map((slot, i) => [`الخيار ${i + 1}`, dates.span(slot)]),
      button: openPage(about, 'اختر متى يمكنك الحضور'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: 'متى يمكنك حضور اللقاء؟ اختر موعدًا في صفحتك.',
      smsUrl: about.link,
    }),

    'meeting-fixed': (v, about) => {
      const talk = v.review ? 'نلتقي مرة أخرى' : 'تم تحديد موعد اللقاء';
      return {
        subject: v.movedFrom ? 'تغيّر الموعد' : 'تم تحديد الموعد',
        say: [
          v.movedFrom ? `تغيّر الموعد التالي: ${dates.moment(v.movedFrom)}. هل يناسبك الموعد الجديد؟ أخبرنا.` : `${talk}${v.resident ? `. حضورك مهم عند ${v.resident}` : ''}.`,
          'لا يمكنك الحضور؟ أخبرنا في أقرب وقت ممكن.',
        ],
        facts: [['الموعد', dates.span(v)], ...(v.place ? [['المكان', v.place] as [string, string]] : [])],
        button: openPage(about, 'انظر الموعد'),
        after: [pageHint(about), ...(about.hasCalendar ? ['الموعد في المرفق أيضًا، فيمكنك وضعه في التقويم.'] : [])],
        notice: v.resident ? stopHint(about) : [],
        sms: `${v.movedFrom ? `تغيّر الموعد التالي: ${dates.moment(v.movedFrom)}. الموعد الجديد` : talk}: ${dates.span(v)}.${v.place ? ` ${v.place}.` : ''}`,
        smsUrl: about.link,
      };
    },

    'meeting-cancelled': (v, about) => ({
      subject: v.startsAt ? 'أُلغي الموعد' : 'لا نبحث عن موعد الآن',
      say: [off(v.startsAt), v.planStopped ? PLAN_STOPPED : 'لا يلزمك فعل شيء. إذا حُدد موعد جديد نخبرك.'],
      quote: v.reason ?? null,
      button: openPage(about, 'افتح صفحتك'),
      after: about.hasCalendar ? ['المرفق يزيل الموعد من التقويم أيضًا.'] : [],
      notice: v.resident ? stopHint(about) : [],
      sms: `${off(v.startsAt)} ${v.planStopped ? PLAN_STOPPED : 'إذا حُدد موعد جديد نخبرك.'}`,
    }),

    'meeting-left': (v, about) => ({
      subject: 'الموعد يُزال من تقويمك',
      say: v.left
        ? [`أنت لا تشارك في الموعد التالي: ${dates.moment(v.startsAt)}.`, 'لا يلزمك فعل شيء.']
        : [`أنت لا تأتي إلى الموعد التالي: ${dates.moment(v.startsAt)}.`, 'هل يمكنك الحضور مع ذلك؟ أخبرنا. عندها نرسل إليك الموعد من جديد.'],
      button: openPage(about, 'افتح صفحتك'),
      after: about.hasCalendar ? ['المرفق يزيل الموعد من التقويم.'] : [],
      sms: `يُزال الموعد التالي من تقويمك: ${dates.moment(v.startsAt)}. لا يلزمك فعل شيء.`,
    }),

    'meeting-reminder': (v, about) => ({
      subject: 'تذكير بموعدنا',
      say: ['نجتمع قريبًا. يسعدنا حضورك.', 'لا يمكنك الحضور؟ أخبرنا في أقرب وقت.'],
      facts: [['متى', dates.span(v)], ...(v.place ? [['أين', v.place] as [string, string]] : [])],
      button: openPage(about, 'اعرض الموعد'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: `تذكير بموعدنا: ${dates.span(v)}.${v.place ? ` ${v.place}.` : ''}`,
      smsUrl: about.link,
    }),

    'poll-reminder': (v, about) => ({
      subject: 'أي موعد يناسبك؟',
      say: [v.resident ? `${v.resident} يهمه أن يعرف متى يمكنك الحضور.` : 'يهمنا أن نعرف متى يمكنك الحضور.', 'قل لكل موعد إن كان يناسبك. لا يناسبك أي موعد؟ جوابك يفيدنا أيضًا.', `هل تجيب قبل ${dates.moment(v.answerBy)}؟`],
      facts: v.slots.map((slot, i) => [`الخيار ${i + 1}`, dates.span(slot)]),
      button: openPage(about, 'اختر ما يناسبك'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: `يهمنا أن نعرف متى يمكنك الحضور. اختر موعدًا على صفحتك قبل ${dates.moment(v.answerBy)}.`,
      smsUrl: about.link,
    }),

    'personal-link': (v, about) => ({
      subject: 'رابط صفحتك الخاصة',
      say: [
        'إليك رابط صفحتك الخاصة. هناك ترى ما هو مطلوب منك وتعطي جوابك.',
        'الرابط لك وحدك. لا ترسله إلى أحد.',
        ...(about.linkEndsAt ? [`يعمل حتى ${dates.day(about.linkEndsAt)}. الرابط الذي وصلك من قبل لم يعد يعمل.`] : []),
      ],
      button: openPage(about, 'افتح صفحتك'),
      after: [pageHint(about)],
      notice: ['لم تطلب ذلك؟ إذن لا يلزمك فعل شيء.', ...(v.isMainPerson ? [] : stopHint(about))],
      sms: 'إليك رابط صفحتك الخاصة. هو لك وحدك.',
      smsUrl: about.link,
    }),

    'device-code': (v) => ({
      subject: 'الرمز الخاص بك',
      say: [
        `الرمز: ${v.code}.`,
        `اكتبه في صفحتك. يعمل حتى ${dates.moment(v.expiresAt)}.`,
        'لا تعطِ هذا الرمز لأحد، حتى إن اتصل بك أحد وطلبه.',
      ],
      notice: ['لم تطلب ذلك؟ إذن لا يلزمك فعل شيء.'],
      sms: `الرمز: ${v.code}. اكتبه في صفحتك. لا تعطه لأحد.`,
    }),

    'plan-goes': (v, about) => ({
      subject: 'هل ترغب في الاحتفاظ بشيء؟',
      say: [
        `ابتداءً من ${dates.day(v.goesOn)} لا نحفظ شيئًا من لقاءاتك معنا، ونمحو صفحتك أيضًا.`,
        'هل ترغب في الاحتفاظ بما اتُّفق عليه؟ افتح صفحتك قبل ذلك اليوم واحفظه أو اطبعه.',
      ],
      button: openPage(about, 'افتح صفحتك'),
      after: [pageHint(about), 'لا حاجة للاحتفاظ بشيء؟ إذن لا يلزمك فعل شيء.'],
      sms: `نمحو صفحتك ابتداءً من ${dates.day(v.goesOn)}. احفظ ما اتُّفق عليه قبل ذلك اليوم. لم تجد الرابط؟ اتصل بنا.`,
      smsUrl: about.link,
    }),

    'condition-test': (v, about) => ({
      subject: 'هل تلقي نظرة على شيء؟',
      say: ['في صفحتك شيء جاهز لتنظر فيه: هل هو صحيح هكذا، أم يلزم شيء آخر؟', `هل يمكنك ذلك قبل نهاية ${dates.day(v.testBy)}؟ آخرون ينتظرون جوابك.`],
      button: openPage(about, 'انظر في صفحتك'),
      after: [pageHint(about)],
      notice: stopHint(about),
      sms: `في صفحتك شيء جاهز لتنظر فيه. هل يمكنك ذلك قبل نهاية ${dates.day(v.testBy)}؟`,
      smsUrl: about.link,
    }),

    'plan-returned': (v, about) => ({
      subject: 'ننظر معًا مرة أخرى',
      say: ['تعود خطتكم إليكم مرة أخرى. يلزم شيء آخر قبل أن تستمر.', 'ما فكرتم فيه معًا يبقى. في صفحتك تقرأ ما يلزم بعد.'],
      button: openPage(about, 'اقرأ ما يلزم بعد'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'تعود خطتكم مرة أخرى: يلزم شيء آخر. يمكنك قراءته في صفحتك.',
      smsUrl: about.link,
    }),

    'plan-stopped': () => ({ subject: 'توقفت الخطة', say: [PLAN_STOPPED], after: ['لا يلزمك فعل أي شيء بعد الآن.'], sms: PLAN_STOPPED }),

    handover: (v, about) => ({
      subject: 'شخص اتصال جديد لك',
      say: [
        `شخص الاتصال الجديد: ${v.facilitator}، بدلًا من ${v.before}.`,
        v.isMainPerson
          ? `قيادة لقاءاتك من الآن عند ${v.facilitator}. لا يلزمك أن تحكي كل شيء من جديد.`
          : `ترتيب اللقاء من الآن عند ${v.facilitator}. المواعيد تبقى كما هي.`,
        ...(v.isMainPerson ? ['تفضل شخصًا آخر؟ يمكنك أن تقول ذلك. اتصل بنا، أو اطلب في صفحتك أن نتصل بك.'] : []),
      ],
      button: openPage(about, 'افتح صفحتك'),
      after: ['لا يلزمك فعل شيء الآن.'],
      notice: !v.isMainPerson && about.link ? [stop] : [],
      sms: `شخص الاتصال الجديد: ${v.facilitator}، بدلًا من ${v.before}.`,
      smsUrl: about.link,
    }),

    'chair-asked': chairAskedIn(chairAsked, dates.moment, { openPage, pageHint, stopHint }),
    'private-time-open': privateTimeOpenIn(privateTimeOpen, { openPage, pageHint }),
    'marks-asked': (v, about) => ({
      subject: v.closed ? 'شكرًا لك' : 'كيف كان الأمر بالنسبة إليك؟',
      say: [
        v.closed ? 'وصلنا إلى نهاية ما فعلناه معًا. شكرًا لمشاركتك.' : 'اجتمعنا معًا. شكرًا لمشاركتك.',
        ...left(v.left),
        'هل تعطي في صفحتك درجتين، وجملة إن أردت؟ لا يأخذ ذلك أكثر من دقيقة. تفضّل ألا تفعل؟ هذا جيد أيضًا.',
      ],
      button: openPage(about, 'أعطِ الدرجتين'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: `${v.closed ? 'وصلنا إلى نهاية ما فعلناه معًا.' : 'اجتمعنا معًا.'} شكرًا لك! هل تعطي درجتين في صفحتك؟ يمكنك ألا تفعل.${left(v.left).map((sentence) => ` ${sentence}`).join('')}`,
      smsUrl: about.link,
    }),

    'check-in': (v, about) => ({
      subject: 'كيف تسير الأمور؟',
      say: [
        v.count === 1 ? 'اتفقت معنا على أمر تقوم به. كيف يسير؟' : `اتفقت معنا على أمور تقوم بها، وعددها ${v.count}. كيف تسير؟`,
        'في صفحتك تجيب بلمسة واحدة: تمّ، أعمل عليه، تعثّرت، أو أعيده. كل جواب مقبول.',
      ],
      button: openPage(about, 'قل كيف تسير الأمور'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'كيف يسير ما اتفقنا عليه؟ قل ذلك في صفحتك أو اتصل. كل جواب مقبول.',
      smsUrl: about.link,
    }),

    'promise-asked': (v, about) => ({
      subject: 'هل تود أن تقوم بشيء؟',
      say: [
        v.resident ? `عند ${v.resident} أمل أن تقوم بشيء في الخطة.` : 'في خطتك أمر قد تود القيام به.',
        `في صفحتك تقرأ ما هو. قل نعم أو أفضّل لا${v.count === 1 ? '' : ' لكل منها'}. كلا الجوابين مقبول.`,
      ],
      button: openPage(about, 'اقرأ السؤال'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: 'هل تود أن تقوم بشيء؟ اقرأ في صفحتك ما هو. قل نعم أو أفضّل لا. كلا الجوابين مقبول.',
      smsUrl: about.link,
    }),

    'plan-carried': (v, about) => ({
      subject: 'ما اتفقنا عليه',
      say: [
        v.isMainPerson ? 'الخطة جاهزة. تقرؤها في صفحتك.' : 'الخطة جاهزة. تقرأ في صفحتك ما ستقوم به.',
        'يمكنك الاستماع إليها، أو حفظها لطباعتها.',
        'شيء لا ينجح؟ لا مشكلة في ذلك. أخبرنا ونبحث معًا عن حل.',
      ],
      button: openPage(about, v.isMainPerson ? 'اقرأ الخطة' : 'اقرأ ما سأقوم به'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'كتبنا ما اتفقنا عليه. تقرؤه في صفحتك.',
      smsUrl: about.link,
    }),

    'director-text': (_, about) => ({
      subject: 'هل تقرأ نصًا؟',
      say: [
        'على صفحتك نص جاهز لك. نود إرساله إلى شخص يستطيع المساعدة. اسمك غير مذكور فيه.',
        'اقرأه أولًا. قل هل يمكن إرساله أو تفضّل لا. كلا الجوابين مقبول. لن يُرسل دون موافقتك.',
      ],
      button: openPage(about, 'اقرأ النص'),
      after: [pageHint(about)],
      sms: 'على صفحتك نص جاهز لك. اقرأه وقل هل يمكن إرساله أو تفضّل لا.',
      smsUrl: about.link,
    }),

    'referral-received': (v, about) => ({
      subject: 'وصلنا سؤالك',
      say: [
        `وصلنا سؤالك: ${dates.moment(v.receivedAt)}.`,
        v.acute
          ? 'كتبت أن الأمر عاجل. نبحث الآن عمن يتولاه، ونخبرك به في أقرب وقت.'
          : 'ننظر فيه خلال يومي عمل. بعد ذلك نخبرك بمن يتولاه.',
        ...(v.self ? ['نتصل بك أولًا ونتحدث معك. حتى ذلك الحين لا نتصل بأحد غيرك.'] : []),
        ...(v.acute ? ['هل هناك خطر مباشر؟ اتصل بالرقم 112.'] : []),
      ],
      after: ['لا يلزمك فعل شيء الآن.'],
      notice: [`تصلك هذه الرسالة لأنك سألت ${about.organisation} عن شيء. ليس صحيحًا؟ أخبرنا بذلك.`],
      sms: v.acute
        ? 'وصلنا سؤالك. نبحث الآن عمن يتولاه. هل هناك خطر مباشر؟ اتصل بالرقم 112.'
        : 'وصلنا سؤالك. ننظر فيه خلال يومي عمل.',
    }),

    'referral-accepted': (v) => ({
      subject: 'هناك من يتولى سؤالك',
      say: [`متابعة سؤالك عند ${v.facilitator} (${dates.moment(v.acceptedAt)}).`, 'نتصل بك خلال يومي عمل.'],
      after: ['لا يلزمك فعل شيء الآن.'],
      sms: `متابعة سؤالك عند ${v.facilitator}. نتصل بك خلال يومي عمل.`,
    }),

    'referral-declined': (v) => ({
      subject: 'عن سؤالك',
      say: ['لا نستطيع أن نتولى سؤالك.', v.reason],
      quote: v.remark ?? null,
      after: ['هل ترغب في الحديث عن ذلك؟ اتصل بنا بكل راحة. نفكر معك في ما هو ممكن.'],
      sms: `لا نستطيع أن نتولى سؤالك. ${v.reason} للحديث عن ذلك اتصل بنا بكل راحة.`,
    }),

    'information-requested': (v, about) => ({
      subject: 'لدينا سؤال آخر',
      say: [`نعمل على سؤالك لدى ${about.organisation}.`, 'لكي نتابع نحتاج إلى معرفة شيء آخر:'],
      quote: v.question,
      button: v.url ? { label: 'أعطِ جوابك', url: v.url } : null,
      after: [v.url ? 'نرجو الجواب خلال أسبوع إن أمكن.' : 'هل تتصل بنا؟ خلال أسبوع إن أمكن.'],
      sms: `لدى ${about.organisation} سؤال آخر لك.${v.url ? '' : ' هل تتصل بنا؟'}`,
      smsUrl: v.url,
    }),
  },

  layout: {
    letter: {
      tick: 'ضع علامة على ما يناسبك',
      comes: 'أشارك',
      comesNot: 'أفضّل ألا أشارك',
      can: 'أستطيع الحضور في',
      none: 'لا أستطيع الحضور في أي من هذه الأيام',
      strip: 'اقطع هذا الجزء وأرسله أو سلّمه إلينا. أو اتصل وقل ما تختاره.',
      name: 'الاسم',
      remark: 'هل تريد أن تضيف شيئًا؟',
    },
    hello: (name) => (name ? `مرحبًا ${name}،` : 'مرحبًا،'),
    call: (who, phone) => `أسئلة؟ اتصل: ${who}، ${phone}.`,
    greetings: 'مع التحية،',
    textMessage: (said, who, phone) => `${said} ${phone ? `أسئلة: ${phone}. ` : ''}مع التحية، ${who}.`,
    signed: (facilitator, organisation) => (facilitator ? [facilitator, organisation] : [organisation]),
  },

  first: {
    facilitator: 'منظم اللقاء',
    notice: (v) => [
      `لماذا تصلك هذه الرسالة؟ ${named(v)}`,
      ...kept(v),
      'لا ترغب في ذلك؟ اضغط في صفحتك على ‘haal mij weg’ (أزيلوني). عندها نمحو بياناتك ولا يصلك منا شيء بعد ذلك.',
    ],
    byHand: (v) => [
      `من أين لنا اسمك؟ ${named(v)}`,
      ...kept(v),
      'لا ترغب في ذلك؟ قل لنا أو اتصل بنا. عندها نمحو بياناتك ولا يصلك منا شيء بعد ذلك.',
    ],
    sms: (v) => `وصلنا رقمك من ${v.givenBy}. في صفحتك تقرأ ما نحفظه ويمكنك أن تزيل نفسك.`,
  },
};
