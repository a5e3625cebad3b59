import type { VNode } from 'preact';
import { CALL_BACK } from '../addresses.js';
import { readable, telephone } from '../format.js';
import { useTexts, type Contact } from '../frame.js';
import { FormButton } from './form.js';

/** "Bel mij terug": one tap asks the facilitator to call; the number stands beside it for who would rather call. */
export function CallBack({ contact }: { contact: Contact }): VNode {
  const t = useTexts().web;
  return (
    <div class="call-back">
      {contact.callBackAsked ? (
        <p role="status">{t.callMeAsked(contact.name)}</p>
      ) : (
        <FormButton action={CALL_BACK} kind="secondary">
          {t.callMe}
        </FormButton>
      )}
      {contact.phone && (
        <p>
          {t.callYourself(contact.name)} <a href={telephone(contact.phone)}>{readable(contact.phone)}</a>
        </p>
      )}
    </div>
  );
}
