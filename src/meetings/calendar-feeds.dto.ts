/** The secret address of somebody's agenda, for a calendar program. Only a hash of it is kept. */
export class CalendarFeed {
  url: string;
  createdAt: string;
}
