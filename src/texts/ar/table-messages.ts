import { leftIn } from '../nl/marks.js';
import type { ChairAskedWords, PrivateTimeOpenWords } from '../nl/table-messages.js';

export const left = leftIn({
  stays: 'ما بقي عليك القيام به يبقى لك. لن نسأل عنه بعد الآن.',
  released: 'لم يعد مطلوبًا أمر كان عليك القيام به.',
});

export const privateTimeOpen: PrivateTimeOpenWords = {
  subject: 'هل انتهى الحديث فيما بينكم؟',
  say: [
    'الوقت الذي أخذتموه لأنفسكم ما زال مفتوحًا.',
    'هل انتهيتم؟ أغلقوه معًا في صفحتكم. لم تنتهوا بعد؟ لا يلزمكم فعل شيء.',
  ],
  button: 'إغلاق الوقت',
  sms: 'الوقت الذي أخذتموه لأنفسكم ما زال مفتوحًا. هل انتهيتم؟ يمكن إغلاقه في صفحتكم.',
};

export const chairAsked: ChairAskedWords = {
  subject: 'هل ترغب في قيادة اللقاء؟',
  say: (who, when) => [
    who ? `طلب من ${who}: قيادة اللقاء. الموعد: ${when}.` : `طلب لقيادة اللقاء. الموعد: ${when}.`,
    'في صفحتك ما يمكن قوله خطوة بخطوة. يمكن التمرّن عليه مسبقًا.',
    'تفضّل ألا تفعل؟ هذا جيد. نرجو إخبارنا، فيقوم به شخص آخر.',
  ],
  button: 'كيف يسير ذلك',
  sms: (when) => `هل ترغب في قيادة اللقاء (${when})؟ في صفحتك شرح ذلك خطوة بخطوة. تفضّل ألا تفعل؟ هذا جيد، نرجو إخبارنا.`,
};
