import type { AboutPage, From, MessageAbout, MessageText } from './messages.js';

/** To a main person: there is a text for a director to read before it may go. Says not about what. */
export const directorText =
  ({ openPage, pageHint }: Pick<AboutPage, 'openPage' | 'pageHint'>) =>
  (_: From, about: MessageAbout): MessageText => ({
    subject: 'Wil je een tekst lezen?',
    say: [
      'Er ligt een tekst voor je klaar op je pagina. Die willen we sturen aan iemand die kan helpen. Je naam staat er niet in.',
      'Lees hem eerst. Zeg of hij weg mag, of liever niet. Allebei is goed. Zonder jouw ja gaat hij niet weg.',
    ],
    button: openPage(about, 'Lees de tekst'),
    after: [pageHint(about)],
    sms: 'Er ligt een tekst voor je klaar op je pagina. Lees hem en zeg of hij weg mag, of liever niet.',
    smsUrl: about.link,
  });
