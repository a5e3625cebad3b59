import { leftIn } from '../nl/marks.js';
import type { ChairAskedWords, PrivateTimeOpenWords } from '../nl/table-messages.js';

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

export const chairAsked: ChairAskedWords = {
  subject: 'Would you lead the conversation?',
  say: (who, when) => [
    `${who ? `${who} asks` : 'We ask'} if you would lead the conversation: ${when}.`,
    'On your page you find what you can say, step by step. You can practise beforehand.',
    'You would rather not? That is fine. Let us know, and someone else will do it.',
  ],
  button: 'See how it goes',
  sms: (when) => `Would you lead the conversation (${when})? On your page you find how, step by step. You would rather not? That is fine, let us know.`,
};
