import type { VNode } from 'preact';
import { CHANNELS } from '../circle/circle.rules.js';
import type { IndependenceCheck } from '../circle/independence.dto.js';
import type { GrowthMoment } from '../circle/growth.rules.js';
import { WAYS_TO_TAKE_PART } from '../circle/preparation.rules.js';
import type { TaskItem } from '../circle/tasks.dto.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField, type Option } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { day, readable, telephone } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf, Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface CasePreparationProps {
  frame: Frame;
  reference: string;
  tasks: readonly TaskItem[];
  /** Who may be spoken to: main persons, and those who may be asked. */
  people: readonly { id: string; name: string; way: string | null }[];
  check: IndependenceCheck;
  growth: readonly { moment: GrowthMoment; informal: number; professional: number; countedOn: number | null }[];
}

/** `/werk/trajecten/{ref}/voorbereiding`: whom to speak, how everyone takes part, and whether the facilitator is free. */
export function CasePreparationPage(props: CasePreparationProps): VNode {
  const { frame, reference } = props;
  const t = textsFor(frame.language).preparation.case;
  return (
    <Layout frame={frame} title={t.title(reference)} audience="staff" width="wide">
      <h1>{t.heading}</h1>
      <p>
        <a href={address(ROUTES.case, { ref: reference })}>{t.back}</a>
      </p>
      <Tasks {...props} />
      <Talk {...props} />
      <Attempt {...props} />
      <Part {...props} />
      <Independence {...props} />
      <Growth {...props} />
    </Layout>
  );
}

function Tasks({ reference, tasks }: CasePreparationProps): VNode {
  const all = useTexts();
  const t = all.preparation.case;
  return (
    <Section id="taken" title={t.tasks}>
      <Table
        caption={t.tasks}
        captionUnseen
        empty={t.tasksNone}
        rows={tasks}
        columns={[
          { heading: t.who, names: true, cell: ({ name, task }) => <bdi>{name ?? (task === 'reach-referrer' ? t.referrer : t.yourself)}</bdi> },
          {
            heading: t.what,
            cell: ({ task, missed }) => (
              <>
                {all.circle.tasks[task]}
                {missed > 0 && <small>{t.missed(missed)}</small>}
              </>
            ),
          },
          { heading: t.how, cell: (item) => <How item={item} /> },
          {
            heading: t.due,
            cell: ({ dueOn, late }) => (
              <>
                {dueOn && day(dueOn)} {late && <StatusBadge tone="attention">{t.late}</StatusBadge>}
              </>
            ),
          },
        ]}
      />
      {tasks.some(({ task }) => task === 'reach-referrer') && (
        <FormButton action={address(ROUTES.referrerReached, { ref: reference })}>{t.referrerButton}</FormButton>
      )}
    </Section>
  );
}

/** How somebody is reached, and what is safe for them. */
function How({ item: { channel, phone, preference, safeNow } }: { item: TaskItem }): VNode {
  const all = useTexts();
  const t = all.preparation.case;
  const said = [preference?.hours, preference?.noVoicemail && t.noVoicemail, preference?.note].filter(Boolean);
  return (
    <>
      {channel && wordFor(all.desk.words.channels, channel)} {phone && channel === 'call' && <a href={telephone(phone)}>{readable(phone)}</a>}
      {said.length > 0 && <small dir="auto">{said.join(' · ')}</small>}
      {safeNow === false && <StatusBadge tone="attention">{t.notNow}</StatusBadge>}
    </>
  );
}

const peopleOptions = (people: CasePreparationProps['people']): Option[] => people.map(({ id, name }) => ({ value: id, label: name }));

function Talk({ reference, people }: CasePreparationProps): VNode {
  const all = useTexts();
  const t = all.preparation.case;
  const action = address(ROUTES.noteTalk, { ref: reference });
  return (
    <Section id="gesprek" title={t.talkTitle}>
      <Disclosure summary={t.talkTitle} actions={[action]}>
        <p class="quiet">{t.talkIntro}</p>
        <Form action={action}>
          <Select name="memberId" label={t.person} options={peopleOptions(people)} />
          <Choice name="by" label={t.by} row options={optionsOf(all.circle.talkWays)} />
          <Choice name="outcome" label={t.outcome} options={optionsOf(all.circle.talkOutcomes)} />
          <TextArea name="needs" label={t.needs} optional />
          <TextArea name="brings" label={t.brings} optional />
          <TextArea name="note" label={t.note} optional />
          <Button>{t.saveTalk}</Button>
        </Form>
      </Disclosure>
    </Section>
  );
}

function Attempt({ reference, people }: CasePreparationProps): VNode {
  const all = useTexts();
  const t = all.preparation.case;
  const action = address(ROUTES.noteAttempt, { ref: reference });
  return (
    <Section id="poging" title={t.attemptTitle}>
      <Disclosure summary={t.attemptTitle} actions={[action]}>
        <Form action={action}>
          <Select name="memberId" label={t.person} options={peopleOptions(people)} />
          <Choice name="channel" label={t.channel} row options={optionsOf(all.desk.words.channels, CHANNELS)} />
          <Choice name="outcome" label={t.attemptOutcome} options={optionsOf(all.desk.words.contactOutcomes)} />
          <TextArea name="note" label={t.note} optional rows={2} />
          <Button>{t.saveAttempt}</Button>
        </Form>
      </Disclosure>
    </Section>
  );
}

function Part({ reference, people }: CasePreparationProps): VNode {
  const all = useTexts();
  const t = all.preparation.case;
  const action = address(ROUTES.noteParticipation, { ref: reference });
  const known = people.filter(({ way }) => way !== null);
  return (
    <Section id="meedoen" title={t.partTitle}>
      {known.length > 0 && (
        <ul>
          {known.map(({ name, way }) => (
            <li>
              <bdi>{name}</bdi>: {wordFor(all.circle.waysToTakePart, way)}
            </li>
          ))}
        </ul>
      )}
      <Disclosure summary={t.partTitle} actions={[action]}>
        <p class="quiet">{t.partIntro}</p>
        <Form action={action}>
          <Select name="memberId" label={t.person} options={peopleOptions(people)} />
          <Choice name="way" label={t.way} options={optionsOf(all.circle.waysToTakePart, WAYS_TO_TAKE_PART)} />
          <Select name="spokespersonId" label={t.spokesperson} optional options={peopleOptions(people)} />
          <Select name="reason" label={t.reason} optional options={optionsOf(all.circle.absenceReasons)} />
          <TextArea name="letter" label={t.letter} optional />
          <TextField name="recordingAt" label={t.recordingAt} optional />
          <TextArea name="remark" label={t.remark} optional rows={2} />
          <Button>{t.savePart}</Button>
        </Form>
      </Disclosure>
    </Section>
  );
}

function Independence({ reference, check }: CasePreparationProps): VNode {
  const all = useTexts();
  const t = all.preparation.case;
  const action = address(ROUTES.noteIndependence, { ref: reference });
  const found = check.objections.filter(({ code }) => code !== 'not-checked');
  return (
    <Section id="onafhankelijk" title={t.freeTitle}>
      <p class="quiet">{t.freeIntro}</p>
      {found.length > 0 && (
        <Notice tone="warning">
          {found.map(({ text }) => (
            <p>{text}</p>
          ))}
          <p>
            <a href={address(ROUTES.handOverCase, { ref: reference })}>{t.handOver}</a>
          </p>
        </Notice>
      )}
      {check.required && check.checkedAt === null && <Notice tone="info">{t.freeRequired}</Notice>}
      {check.checkedAt !== null && found.length === 0 && <Notice tone="ok">{t.freeOk}</Notice>}
      <Disclosure summary={t.freeTitle} open={check.checkedAt === null && check.required} actions={[action]}>
        <Form action={action}>
          <Choice name="ties" label={t.ties} value={check.ties} options={optionsOf(all.circle.ties)} />
          <Choice name="language" label={t.language} value={check.language} options={optionsOf(all.circle.languageFits)} />
          <TextField name="wishedLanguage" label={t.wishedLanguage} value={check.wishedLanguage} optional />
          <Choice name="wishedGender" label={t.wishedGender} optional value={check.wishedGender} options={optionsOf(all.circle.wishedGenders)} />
          <Choice
            name="wishesMet"
            label={t.wishesMet}
            row
            value={String(check.wishesMet ?? true)}
            options={[
              { value: 'true', label: t.yes },
              { value: 'false', label: t.no },
            ]}
          />
          <TextArea name="note" label={t.note} value={check.note} optional rows={2} />
          <Button>{t.saveFree}</Button>
        </Form>
      </Disclosure>
    </Section>
  );
}

function Growth({ growth }: CasePreparationProps): VNode {
  const all = useTexts();
  const t = all.preparation.case;
  return (
    <Section id="groei" title={t.growthTitle}>
      <Table
        caption={t.growthTitle}
        captionUnseen
        empty={t.growthNone}
        rows={growth}
        columns={[
          { heading: t.moment, cell: ({ moment }) => all.circle.growthMoments[moment] },
          { heading: t.informal, cell: ({ informal }) => informal },
          { heading: t.professional, cell: ({ professional }) => professional },
          { heading: t.countedOn, cell: ({ countedOn }) => countedOn ?? '–' },
        ]}
      />
    </Section>
  );
}
