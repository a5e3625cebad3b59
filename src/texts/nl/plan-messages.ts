import type { AboutPage, From, MessageAbout, MessageText } from './messages.js';

/** To main persons and the informal circle: something is needed before the plan can go on. What, stands on the page only. */
export const planReturned =
  ({ openPage, pageHint, stopHint }: AboutPage) =>
  (v: From & { isMainPerson: boolean }, about: MessageAbout): MessageText => ({
    subject: 'We kijken samen nog een keer',
    say: ['Jullie plan komt nog een keer bij jullie terug. Er is nog iets nodig voordat het verder kan.', 'Wat jullie bedachten, blijft staan. Op je pagina lees je wat er nog nodig is.'],
    button: openPage(about, 'Lees wat er nog nodig is'),
    after: [pageHint(about)],
    notice: v.isMainPerson ? [] : stopHint(about),
    sms: 'Jullie plan komt nog een keer terug: er is nog iets nodig. Op je pagina lees je wat.',
    smsUrl: about.link,
  });

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
