import type { VNode } from 'preact';
import type { MarksAnswer } from '../plans/marks.dto.js';
import { HIGHEST_MARK, LOWEST_MARK, type MarkMoment } from '../plans/marks.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Choice, Select, TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { Section } from './case-parts.pages.js';
import { ROUTES } from './desk.routes.js';

export interface MarksPageProps {
  frame: Frame;
  moment: MarkMoment;
  /** What was given before; null when nothing was. */
  given: { meeting: number | null; plan: number | null; sentence: string | null; mayShare: boolean } | null;
  isMainPerson: boolean;
}

const MARKS = Array.from({ length: HIGHEST_MARK - LOWEST_MARK + 1 }, (_, i) => String(HIGHEST_MARK - i)).map((value) => ({ value, label: value }));

/** `/kring/cijfers`: two marks and a sentence, after it is said who reads what. */
export function MarksPage({ frame, moment, given, isMainPerson }: MarksPageProps): VNode {
  const t = textsFor(frame.language).marks;
  const value = (mark: number | null | undefined): string | undefined => (mark ? String(mark) : undefined);
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.heading[moment]}</h1>
      <p>{t.visible}</p>
      <section class="card warm">
        <Form action={ROUTES.ownMarks}>
          <Select name="meeting" label={t.meeting} hint={t.scale} optional options={MARKS} value={value(given?.meeting)} />
          <Select name="plan" label={t.plan} optional options={MARKS} value={value(given?.plan)} />
          <TextArea name="sentence" label={t.sentence} optional rows={3} value={given?.sentence} />
          {!isMainPerson && (
            <Choice name="mayShare" label={t.mayShare} many options={[{ value: 'true', label: t.may }]} value={given?.mayShare ? 'true' : undefined} />
          )}
          <Button>{t.save}</Button>
        </Form>
      </section>
      <p>
        <a href={isMainPerson ? ROUTES.mine : ROUTES.circle}>{t.back}</a>
      </p>
    </Layout>
  );
}

/** On one's own page: the way to the marks, once there is something to mark. */
export function AskMarks({ given }: { given: boolean }): VNode {
  const t = useTexts().marks.ask;
  if (given) {
    return (
      <p>
        <a href={ROUTES.ownMarks}>{t.change}</a>
      </p>
    );
  }
  return (
    <section class="card calm" aria-labelledby="cijfers">
      <h2 id="cijfers">{t.title}</h2>
      <p>{t.text}</p>
      <ButtonLink href={ROUTES.ownMarks}>{t.link}</ButtonLink>
    </section>
  );
}

const shown = (figure: number): string => String(figure).replace('.', ',');

/** Nothing as long as nobody gave a mark for it. */
function Figure({ of, average, median }: { of: string; average: number | null; median: number | null }): VNode | null {
  const t = useTexts().marks.given;
  return average === null || median === null ? null : <p>{t.figure(of, shown(average), shown(median))}</p>;
}

/** For the facilitator: what everyone together gave, without names. */
export function MarksGiven({ marks }: { marks: MarksAnswer }): VNode {
  const all = useTexts().marks;
  const t = all.given;
  return (
    <Section id="cijfers" title={t.title}>
      {marks.items.length === 0 && <p>{t.none}</p>}
      {marks.items.map(({ moment, given, meetingAverage, meetingMedian, planAverage, planMedian, sentences }) => (
        <>
          <h3>{t.moments[moment]}</h3>
          <p>{t.count(given)}</p>
          <Figure of={all.meeting} average={meetingAverage} median={meetingMedian} />
          <Figure of={all.plan} average={planAverage} median={planMedian} />
          <ul>
            {sentences.map((sentence) => (
              <li dir="auto">{sentence}</li>
            ))}
          </ul>
        </>
      ))}
    </Section>
  );
}
