import type { Relation } from '../circle/circle.rules.js';
import type { MainPerson, ReferredMember } from '../referrals/referrals.dto.js';

/** How somebody is reached. */
export type Way = 'mail' | 'mobile' | 'both' | 'landline' | 'letter' | 'visit';

type Details = Pick<ReferredMember, 'organisation' | 'language' | 'ageBand' | 'guardians' | 'contactPreference' | 'professional'>;

/** Somebody of the circle in a story; known there by the first word of the name. */
export interface Someone extends Details {
  name: string;
  relation: Relation;
  way: Way;
}

/** Somebody whom a story is about. */
export interface Main extends Pick<MainPerson, 'language' | 'birthYear' | 'guardians' | 'contactPreference'> {
  name: string;
  way: Way;
}

/** Somebody of the circle. */
export const who = (name: string, relation: Relation, way: Way, details: Details = {}): Someone => {
  return { name, relation, way, ...details };
};

/** Somebody of the circle who comes for their work. */
export const pro = (name: string, relation: Relation, organisation: string, way: Way = 'mail'): Someone => {
  return { name, relation, way, organisation, professional: true };
};

export const firstNameOf = (name: string): string => name.split(' ')[0]!;

/** Whether anything can be sent; all others are called or visited. */
export const hasMail = ({ way }: { way: Way }): boolean => way === 'mail' || way === 'both';

const NUMBERS = 100;

/** Ways to reach people who do not exist: mail at example.org and numbers that belong to nobody. */
export class AddressBook {
  private last = 0;
  private readonly numbers = new Map<string, string>();

  mainPerson({ name, way, ...details }: Main): MainPerson {
    const { reach, ...ways } = this.ways(name, way);
    return { name, firstName: firstNameOf(name), ...ways, ...(reach ? { reach } : {}), ...details };
  }

  member({ name, way, relation, ...details }: Someone): ReferredMember {
    return { name, firstName: firstNameOf(name), relation, ...this.ways(name, way, details.organisation), ...details };
  }

  /** A mail address as it would be: of an organisation when there is one. */
  mail(name: string, organisation?: string): string {
    return `${slug(name)}@${organisation ? `${slug(organisation).replaceAll('.', '')}.example` : 'example.org'}`;
  }

  private ways(name: string, way: Way, organisation?: string): Pick<MainPerson, 'email' | 'phone' | 'reach' | 'address'> {
    const email = this.mail(name, organisation);
    if (way === 'mail') return { email };
    if (way === 'both') return { email, phone: `+316123456${this.numberOf(name)}` };
    if (way === 'mobile') return { phone: `+316123456${this.numberOf(name)}` };
    if (way === 'landline') return { phone: `+311012345${this.numberOf(name)}` };
    return { reach: way, address: `Lisdodde ${Number(this.numberOf(name)) + 1}, Oeverdam` };
  }

  /** The same name is the same person, with the same number. */
  private numberOf(name: string): string {
    const known = this.numbers.get(name);
    if (known) return known;
    this.last = (this.last + 1) % NUMBERS;
    const number = String(this.last).padStart(2, '0');
    this.numbers.set(name, number);
    return number;
  }
}

/** `Agnieszka Wójcik` → `agnieszka.wojcik` */
function slug(name: string): string {
  const plain = name.toLowerCase().replaceAll('ı', 'i').replaceAll('ł', 'l').normalize('NFD');
  return plain.replace(/[^a-z0-9\s'-]/g, '').trim().replace(/[^a-z0-9]+/g, '.');
}
