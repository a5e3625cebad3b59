import type { VNode } from 'preact';
import type { SafetyGap } from '../cases/cases.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { useTexts } from '../web/frame.js';
import { optionsOf, Section, type MainPerson } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

/** A safety check as it stands; everything empty before the first. */
export interface SafetyCheckView {
  directDanger: boolean | null;
  veiligThuis: string | null;
  spokenAlone: readonly string[];
  together: string | null;
  note: string | null;
  meetingPossible: boolean;
  /** What is still missing. */
  gaps: readonly SafetyGap[];
}

/** What must be known before a meeting is planned, when there are worries about safety. */
export function SafetySection({
  reference,
  mainPersons,
  safety,
}: {
  reference: string;
  mainPersons: readonly MainPerson[];
  safety: SafetyCheckView;
}): VNode {
  const all = useTexts();
  const t = all.deskCase.safety;
  const action = address(ROUTES.safetyCheck, { ref: reference });
  return (
    <Section id="veiligheid" title={t.title}>
      {safety.directDanger && <Notice tone="error">{t.call112}</Notice>}
      {safety.gaps.length === 0 && !safety.meetingPossible ? (
        <Notice tone="warning">{all.circleCare.apartOnly}</Notice>
      ) : (
        <Notice tone={safety.meetingPossible ? 'info' : 'warning'}>{safety.meetingPossible ? t.ok : t.open}</Notice>
      )}
      {safety.gaps.length > 0 && (
        <ul>
          {safety.gaps.map((gap) => (
            <li>{wordFor(all.circleCare.gaps, gap)}</li>
          ))}
        </ul>
      )}
      <Disclosure summary={t.edit} open={!safety.meetingPossible} actions={[action]}>
        <p class="quiet">{t.intro}</p>
        <Form action={action}>
          <Choice
            name="directDanger"
            label={t.danger}
            row
            value={safety.directDanger === null ? null : String(safety.directDanger)}
            options={[
              { value: 'true', label: t.dangerYes },
              { value: 'false', label: t.dangerNo },
            ]}
          />
          <Choice
            name="veiligThuis"
            label={t.veiligThuis}
            value={safety.veiligThuis}
            options={optionsOf(all.desk.words.veiligThuis)}
          />
          <Choice
            name="spokenAlone"
            label={t.spokenAlone}
            many
            value={safety.spokenAlone}
            options={mainPersons.map((person) => ({ value: person.id, label: person.name }))}
          />
          <Choice name="together" label={t.together} value={safety.together} options={optionsOf(all.desk.words.together)} />
          <TextArea name="note" label={t.note} value={safety.note} optional rows={2} />
          <Button>{t.save}</Button>
        </Form>
      </Disclosure>
    </Section>
  );
}
