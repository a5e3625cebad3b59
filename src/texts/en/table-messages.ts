import { leftIn } from '../nl/marks.js';
import type { PrivateTimeOpenWords } from '../nl/plan-messages.js';

export const left = leftIn({
  stays: 'What you still meant to do remains yours. We will not ask about it any more.',
  released: 'Something you were going to do is no longer needed.',
});

export const privateTimeOpen: PrivateTimeOpenWords = {
  subject: 'Are you done talking among yourselves?',
  say: [
    'The time that you took for yourselves is still open.',
    'Are you done? Then close it on your page, together. Not done yet? Then you do not have to do anything.',
  ],
  button: 'Close the time',
  sms: 'The time that you took for yourselves is still open. Are you done? Close it on your page.',
};
