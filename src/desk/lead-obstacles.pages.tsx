import type { VNode } from 'preact';
import type { Director } from '../plans/directors.dto.js';
import type { LessonBook } from '../plans/obstacle-lessons.dto.js';
import type { ObstacleForLead } from '../plans/obstacles.dto.js';
import { OBSTACLE_CATEGORIES } from '../plans/obstacles.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Choice, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Table } from '../web/components/table.js';
import { day } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface LeadObstaclesProps {
  frame: Frame;
  /** What stands for five working days or longer. */
  standing: readonly ObstacleForLead[];
  book: LessonBook;
  directors: readonly Director[];
}

/** Room for this many new ones under those that are there. */
const EMPTY_ROWS = 2;

/** `/leiding/belemmeringen`: what stands long and whose move it is, what comes back, and to whom it is written. */
export function LeadObstaclesPage({ frame, standing, book, directors }: LeadObstaclesProps): VNode {
  const all = textsFor(frame.language).obstacles;
  const t = all.lead;
  return (
    <Layout frame={frame} title={t.title} audience="staff" width="wide">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <section class="card" aria-labelledby="lang">
        <h2 id="lang">{t.standing}</h2>
        <Table
          caption={t.standing}
          captionUnseen
          empty={t.none}
          rows={standing}
          columns={[
            { heading: t.reference, names: true, cell: (one) => one.reference },
            { heading: t.category, cell: (one) => all.categories[one.category] },
            { heading: t.whose, cell: (one) => <bdi>{one.organisation ?? t.unknown}</bdi> },
            { heading: t.since, cell: (one) => day(one.openSince) },
            { heading: t.workingDays, numeric: true, cell: (one) => one.workingDays },
            { heading: t.facilitator, cell: (one) => one.facilitatorName },
            { heading: t.director, cell: (one) => (one.directorMail ? all.director.states[one.directorMail] : '–') },
            { heading: t.text, cell: (one) => <span dir="auto">{one.text ?? '–'}</span> },
          ]}
        />
      </section>
      <Recurring book={book} />
      <section class="card" aria-labelledby="directeuren">
        <h2 id="directeuren">{t.directors}</h2>
        <p>{t.directorsIntro}</p>
        <Form action={ROUTES.leadDirectors}>
          {[...directors, ...Array.from({ length: EMPTY_ROWS }, () => null)].map((one, i) => (
            <fieldset>
              <legend>{one ? one.organisation : t.another}</legend>
              <div class="fields">
                <TextField name={`items.${i}.organisation`} label={t.organisation} value={one?.organisation} />
                <TextField name={`items.${i}.name`} label={t.name} value={one?.name} />
                <TextField name={`items.${i}.email`} label={t.email} type="email" value={one?.email} />
              </div>
            </fieldset>
          ))}
          <Button kind="secondary">{t.save}</Button>
        </Form>
      </section>
      <p>
        <a href={address(ROUTES.leadFiguresFile, { name: 'obstacles.csv' })}>{t.file}</a>
      </p>
      <p>
        <a href={ROUTES.lead}>{t.back}</a>
      </p>
    </Layout>
  );
}

function Recurring({ book: { recurring, recursFrom, lessons } }: { book: LessonBook }): VNode {
  const all = useTexts().obstacles;
  const t = all.lead;
  return (
    <section class="card" aria-labelledby="vaker">
      <h2 id="vaker">{t.recurring}</h2>
      <p>{t.recurringIntro(recursFrom)}</p>
      <Table
        caption={t.recurring}
        captionUnseen
        empty={t.noneRecurring}
        rows={recurring}
        columns={[
          { heading: t.whose, names: true, cell: (one) => <bdi>{one.organisation}</bdi> },
          { heading: t.category, cell: (one) => all.categories[one.category] },
          { heading: t.times, numeric: true, cell: (one) => one.times },
          { heading: t.cases, numeric: true, cell: (one) => one.cases },
          { heading: t.open, numeric: true, cell: (one) => one.open },
          { heading: t.medianDays, numeric: true, cell: (one) => (one.medianDays === null ? '–' : one.medianDays.toLocaleString('nl-NL')) },
        ]}
      />
      <h3>{t.learned}</h3>
      {lessons.length === 0 && <p>{t.nothingLearned}</p>}
      <ul>
        {lessons.map((lesson) => (
          <li>
            {day(lesson.writtenAt)}, {all.categories[lesson.category]}
            {lesson.organisation && (
              <>
                {' '}
                (<bdi>{lesson.organisation}</bdi>)
              </>
            )}
            : <span dir="auto">{lesson.text}</span>
          </li>
        ))}
      </ul>
      <Form action={ROUTES.leadLesson}>
        <Choice name="category" label={t.category} row options={optionsOf(all.categories, OBSTACLE_CATEGORIES)} />
        <TextField name="organisation" label={t.organisation} optional />
        <TextArea name="text" label={t.changed} hint={t.changedHint} rows={2} />
        <Button kind="secondary">{t.write}</Button>
      </Form>
    </section>
  );
}
