import type { MessageAbout, MessageText } from './messages.js';

const timeFormat = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const time = (instant: Date | string): string => timeFormat.format(new Date(instant)).replace(':', '.');

/** What people read about their links, their devices and their codes. */
export const links = {
  problems: {
    'code-wrong': 'Deze code klopt niet. Je kunt het nog {triesLeft} keer proberen.',
    'code-ended': 'Deze code werkt niet meer. Vraag een nieuwe code.',
    'code-used-up': 'Dit was te vaak de verkeerde code. Vraag een nieuwe code, of laat je bellen.',
    'channel-not-safe': 'Deze persoon heeft gezegd dat dit geen veilige manier is. Kies de manier die wel veilig is.',
    'phone-lost': 'Deze telefoon is kwijt. Spreek elkaar eerst, en geef dan een nieuwe link.',
  },
  fields: {
    contact: 'Dit is geen mailadres of telefoonnummer. Typ het bijvoorbeeld als naam@voorbeeld.nl of 06 1234 5678.',
    'code-wrong': 'Deze code klopt niet. Kijk nog eens goed.',
    'code-ended': 'Deze code werkt niet meer. Vraag een nieuwe code.',
  },

  device: {
    title: 'Even controleren dat jij het bent',
    intro: 'Je plan en de namen van je kring laten we alleen zien als we weten dat jij het bent. Je link kan ook bij een ander terechtkomen.',
    known: (date: string) => `Dit toestel kennen we. Dat blijft zo tot ${date}.`,
    goOn: 'Verder',
    send: 'We sturen je een code van 6 cijfers. Kies hoe:',
    by: { sms: (to: string) => `Sms naar ${to}`, mail: (to: string) => `Mail naar ${to}` },
    none: 'We hebben geen manier om je een code te sturen. Laat je bellen, of vraag het je gespreksleider aan tafel.',
    sent: (to: string) => `We hebben een code gestuurd naar ${to}. Hij werkt 10 minuten.`,
    code: 'Code van 6 cijfers',
    codeHint: 'Plakken mag. Spaties maken niet uit.',
    confirm: 'Dit is mijn code',
    again: 'Geen code gekregen?',
    againHow: 'Wacht een minuut. Kijk ook bij ongewenste mail. Daarna kun je een nieuwe code vragen.',
    call: 'Lukt het niet? Laat je bellen. De knop staat onderaan.',
    open: 'Laat zien dat jij het bent',
  },

  again: {
    title: 'Stuur mijn link opnieuw',
    intro: 'Typ het mailadres of het telefoonnummer waarop je eerder bericht van ons kreeg.',
    contact: 'Mailadres of telefoonnummer',
    button: 'Stuur mijn link',
    takenTitle: 'Kijk in je mail of je berichten',
    taken: 'Kennen we dit adres of nummer, dan sturen we je een nieuwe link.',
    takenWhat: [
      'Het kan een paar minuten duren. Een sms komt niet tussen 21.00 en 8.00 uur.',
      'Heb je gezegd wanneer een bericht veilig is? Dan wachten we tot die tijd.',
      'Komt er niets? Bel ons. Dan kijken we samen wat er is.',
    ],
    offer: 'Stuur mijn link opnieuw',
  },

  shown: {
    scan: 'Laat deze code scannen met de camera van de telefoon.',
    qr: 'QR-code met de link',
    or: 'Lukt scannen niet? Typ of kopieer dan de link:',
  },

  person: {
    linkSms: 'Sms een link',
    verify: 'Nummer klopt',
    verified: 'nummer klopt',
    lost: 'Telefoon kwijt',
    isLost: 'telefoon kwijt: nog geen nieuwe link',
    lostSure: 'Alle links en toestellen van deze persoon stoppen meteen. Er gaat geen link meer uit tot jij er een geeft.',
  },

  done: {
    'device-known': 'Dank je. Dit toestel kennen we nu.',
    'phone-verified': 'Genoteerd dat het nummer klopt. Een link per sms maakt het toestel nu bekend.',
    'phone-lost':
      'Alle links en toestellen van deze persoon zijn gestopt. Spreek elkaar, kijk het nummer na, en geef dan een nieuwe link. Staat de mail ook op die telefoon? Vraag dan om het wachtwoord van de mail te veranderen.',
  } as Readonly<Record<string, string>>,
};

/** The code that makes a device known. The code is not in the subject: that stands on a locked screen. */
export const deviceCode = (v: { code: string; expiresAt: Date | string; facilitator?: null; phone?: null }, _about: MessageAbout): MessageText => ({
  subject: 'Je code',
  say: [`Je code is ${v.code}.`, `Typ hem op je pagina. Hij werkt tot ${time(v.expiresAt)} uur.`, 'Geef deze code aan niemand, ook niet als iemand erom belt.'],
  notice: ['Had je hier niet om gevraagd? Dan hoef je niets te doen.'],
  sms: `Je code is ${v.code}. Hij werkt tot ${time(v.expiresAt)} uur. Geef hem aan niemand.`,
});
