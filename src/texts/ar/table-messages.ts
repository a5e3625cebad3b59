import { leftIn } from '../nl/marks.js';
import type { PrivateTimeOpenWords } from '../nl/plan-messages.js';

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
