import type { From, MessageAbout, MessageText } from './messages.js';

/** What every message to the circle says of the page behind its link. */
interface AboutPage {
  openPage: (about: MessageAbout, label: string) => MessageText['button'];
  pageHint: (about: MessageAbout) => string;
  stopHint: (about: MessageAbout) => string[];
}

/** Those who decide stand behind the plan: to main persons, and to who promised something in it. */
export const planCarried =
  ({ openPage, pageHint, stopHint }: AboutPage) =>
  (v: From & { isMainPerson: boolean }, about: MessageAbout): MessageText => ({
    subject: 'Wat we hebben afgesproken',
    say: [
      v.isMainPerson ? 'Het plan staat. Op je pagina lees je het na.' : 'Het plan staat. Op je pagina lees je na wat jij doet.',
      'Je kunt het laten voorlezen, of bewaren om te printen.',
      'Lukt iets niet? Dat is geen probleem. Laat het weten, dan zoeken we samen verder.',
    ],
    button: openPage(about, v.isMainPerson ? 'Bekijk het plan' : 'Bekijk wat ik doe'),
    after: [pageHint(about)],
    notice: v.isMainPerson ? [] : stopHint(about),
    sms: 'We hebben opgeschreven wat we hebben afgesproken. Op je pagina lees je het na.',
    smsUrl: about.link,
  });
