import type { Chance } from './chance.js';

const FIRST = [
  'Aisha', 'Bram', 'Carla', 'Daan', 'Emine', 'Frits', 'Gonca', 'Hanna', 'Ilse', 'Joris', 'Kadir', 'Lotte', 'Mo', 'Nadia', 'Olga',
  'Piet', 'Quinty', 'Ruben', 'Sanne', 'Tom', 'Umut', 'Vera', 'Wim', 'Xandra', 'Yusuf', 'Zoë', 'Anneke', 'Bilal', 'Chantal', 'Dirk',
];
const LAST = [
  'Bakker', 'de Wit', 'Yıldız', 'Jansen', 'van Dijk', 'El Amrani', 'Visser', 'Smit', 'Wójcik', 'Ramdin', 'Mulder', 'de Boer', 'Kaya',
  'Dekker', 'Bos', 'Vos', 'Peters', 'Nguyen', 'Hendriks', 'Tadesse',
];

/** How somebody deals with their mail. */
export type Temper = 'prompt' | 'late' | 'after-a-call' | 'never';

export interface Person {
  name: string;
  firstName: string;
  email?: string;
  phone?: string;
  reach?: 'letter' | 'visit';
  address?: string;
  temper: Temper;
  /** Changes their mind a day later. */
  wavers: boolean;
  /** Taps "haal mij weg" at the first mail. */
  wantsOut: boolean;
  /** Their mail server says no, for good. */
  bounces: boolean;
}

export interface Someone extends Person {
  relation: string;
  professional?: boolean;
  organisation?: string;
}

const INFORMAL = ['partner', 'parent', 'sibling', 'grandparent', 'relative', 'friend', 'neighbour', 'colleague', 'club', 'volunteer'];
const PROFESSIONAL = ['teacher', 'gp', 'team-worker', 'housing-worker', 'therapist', 'administrator'];

/** People who do not exist; each has an address and a number that nobody else has. */
export class Population {
  private made = 0;

  constructor(private readonly chance: Chance) {}

  mainPerson(): Person {
    return this.person([['both', 5], ['mail', 3], ['phone', 2]]);
  }

  member(): Someone {
    const { chance } = this;
    const professional = chance.happens(0.35);
    const relation = professional ? chance.one(PROFESSIONAL) : chance.happens(0.04) ? 'interpreter' : chance.one(INFORMAL);
    const ways = professional ? ([['mail', 8], ['both', 2]] as const) : ([['mail', 4], ['both', 3], ['phone', 2], ['landline', 0.5], ['letter', 0.5], ['visit', 0.3]] as const);
    return { ...this.person(ways), relation, ...(professional ? { professional, organisation: 'De Klimop' } : {}) };
  }

  private person(ways: readonly (readonly ['both' | 'mail' | 'phone' | 'landline' | 'letter' | 'visit', number])[]): Person {
    const { chance } = this;
    const nth = (this.made += 1);
    const firstName = chance.one(FIRST);
    const way = chance.weighed(ways);
    const number = String(nth).padStart(6, '0');
    const bounces = chance.happens(0.04);
    return {
      name: `${firstName} ${chance.one(LAST)} ${nth}`,
      firstName,
      ...(way === 'mail' || way === 'both' ? { email: `p${nth}@${bounces ? 'weg' : 'post'}.example` } : {}),
      ...(way === 'phone' || way === 'both' ? { phone: `+3161${number}0` } : {}),
      ...(way === 'landline' ? { phone: `+3110${number}0` } : {}),
      ...(way === 'letter' ? { reach: 'letter' as const, address: `Lisdodde ${nth}, Oeverdam` } : {}),
      ...(way === 'visit' ? { reach: 'visit' as const } : {}),
      temper: chance.weighed([['prompt', 5], ['late', 3], ['after-a-call', 1.5], ['never', 1]] as const),
      wavers: chance.happens(0.1),
      wantsOut: chance.happens(0.03),
      bounces,
    };
  }
}
