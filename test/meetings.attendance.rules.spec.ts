import { attendanceErrors, type Attendance } from '../src/meetings/attendance.rules.js';

const at = (time: string): Date => new Date(`2026-12-03T${time}:00Z`);
const around = { people: new Set(['ria', 'joost']), startsAt: at('14:00'), now: at('15:00') };
const ria = (more: Partial<Attendance>): Attendance => ({ memberId: 'ria', presence: 'part', ...more });

it.each<[string, Attendance[], string[]]>([
  ['part of it', [ria({ arrivedAt: at('14:20'), leftAt: at('14:50') })], []],
  ['late', [ria({ presence: 'present', arrivedAt: at('14:20') })], []],
  ['on a screen, for a while', [ria({ presence: 'remote', leftAt: at('14:50') })], []],
  ['without times', [ria({}), { memberId: 'joost', presence: 'absent' }], []],
  ['half an hour early', [ria({ arrivedAt: at('13:30') })], []],
  ['before that', [ria({ arrivedAt: at('13:29') })], ['/items/0/arrivedAt before-the-meeting']],
  ['still to come', [ria({ arrivedAt: at('15:01') })], ['/items/0/arrivedAt in-the-future']],
  ['still to leave', [ria({ leftAt: at('15:01') })], ['/items/0/leftAt in-the-future']],
  ['gone before they came', [ria({ arrivedAt: at('14:20'), leftAt: at('14:20') })], ['/items/0/leftAt ends-before-start']],
  ['who was not there', [ria({ presence: 'absent', arrivedAt: at('14:20') })], ['/items/0/arrivedAt was-not-there']],
  ['who had said so', [ria({ presence: 'absent-with-notice', leftAt: at('14:20') })], ['/items/0/leftAt was-not-there']],
  ['twice', [ria({}), ria({})], ['/items/1/memberId double']],
  ['a stranger', [{ memberId: 'karim', presence: 'present' }], ['/items/0/memberId unknown-member']],
])('%s', (_, items, expected) => {
  expect(attendanceErrors(items, around).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(expected);
});
