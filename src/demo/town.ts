import type { PlaceRequest } from '../meetings/meetings.dto.js';

/** Oeverdam does not exist, and neither does its municipality code. */
export const TOWN = { slug: 'demo', name: 'Netwerkberaad Oeverdam', phone: '+31101234500' };

export const NEIGHBOURHOODS = {
  'Oud-Oeverdam': 'BU09990100',
  Havenkwartier: 'BU09990101',
  Molenwijk: 'BU09990102',
  'De Weide': 'BU09990203',
  Stationsbuurt: 'BU09990204',
} as const;
export type Neighbourhood = keyof typeof NEIGHBOURHOODS;

const publicPlace = (address: string): PlaceRequest => ({ type: 'public-place', address });

export const PLACES = {
  schakel: publicPlace('Buurthuis De Schakel, Molenplein, Oeverdam'),
  bibliotheek: publicPlace('Bibliotheek Oeverdam, zaal boven, Stationsweg'),
  moskee: publicPlace('Ontmoetingsruimte moskee El Amal, Havenstraat, Oeverdam'),
  kerk: publicPlace('Zaal achter de Ontmoetingskerk, Kerkpad, Oeverdam'),
  voetbal: publicPlace('Kantine van de Oeverdamse Boys, Weidepad'),
  speeltuin: publicPlace('Speeltuinhuis De Weide, Weidepad, Oeverdam'),
  video: { type: 'video', url: 'https://video.example/oeverdam' },
} satisfies Record<string, PlaceRequest>;

/** At somebody's home; whose, is said by the service. */
export const home = (address: string): PlaceRequest => ({ type: 'home', address: `${address}, Oeverdam` });

export const elsewhere = (address: string): PlaceRequest => ({ type: 'other', address });
