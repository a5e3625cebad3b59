const ZONE = 'Europe/Amsterdam';

/** How a language strings days and times together; `time` is 24 hours as `14:00`. */
interface DateWords {
  time?: (time: string) => string;
  moment: (day: string, time: string) => string;
  span: (day: string, from: string, until: string) => string;
}

type Instant = Date | string;

export interface MessageDates {
  day: (instant: Instant) => string;
  moment: (instant: Instant) => string;
  span: (slot: { startsAt: Instant; endsAt: Instant }) => string;
}

/** Days and times as messages in one language say them, always those of the clock on the wall here. */
export function messageDates(locale: string, words: DateWords): MessageDates {
  const dayFormat = new Intl.DateTimeFormat(locale, { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const timeFormat = new Intl.DateTimeFormat('nl-NL', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = (instant: Instant): string => dayFormat.format(new Date(instant));
  const time = (instant: Instant): string => (words.time ?? String)(timeFormat.format(new Date(instant)));
  return {
    day,
    moment: (instant) => words.moment(day(instant), time(instant)),
    span: ({ startsAt, endsAt }) => words.span(day(startsAt), time(startsAt), time(endsAt)),
  };
}
