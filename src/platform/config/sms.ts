import { WrongValue, type Parse } from './parsers.js';

/** Where text messages go out: NotifyNL, or another that speaks as GOV.UK Notify does. */
export interface SmsGateway {
  /** Scheme, host and port. */
  base: string;
  serviceId: string;
  /** Signs every request; never leaves this process. */
  secret: string;
  /** The template there that says only `((bericht))`: what people read is written here. */
  templateId: string;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const API_KEY = new RegExp(`^.*?(${UUID})-(${UUID})$`, 'i');
const FORM = 'give notifynl://<api key>@api.notifynl.nl/?template=<template id>';
const NEAR: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** `notifynl://` speaks https; `notifynl+http://` is for trying out, to this computer only. */
export const smsGateway: Parse<SmsGateway> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^notifynl(\+http)?:$/.test(url.protocol) || !url.hostname) throw new WrongValue(FORM);
  const plain = url.protocol === 'notifynl+http:';
  if (plain && !NEAR.includes(url.hostname)) throw new WrongValue('give notifynl://… (https): without it only this computer can be reached');
  const key = API_KEY.exec(decodeURIComponent(url.username));
  const templateId = url.searchParams.get('template') ?? '';
  const extra = [...url.searchParams.keys()].some((name) => name !== 'template');
  if (!key || url.password || extra || !/^\/?$/.test(url.pathname) || !new RegExp(`^${UUID}$`, 'i').test(templateId)) {
    throw new WrongValue(FORM);
  }
  return { base: `${plain ? 'http' : 'https'}://${url.host}`, serviceId: key[1]!, secret: key[2]!, templateId };
};
