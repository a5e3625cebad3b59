import type { VNode } from 'preact';
import type { PreconditionsAnswer, PreconditionsState } from '../plans/preconditions.dto.js';
import type { SaidStatement } from '../plans/statements.dto.js';
import { LINE_CHANGES } from '../plans/difference.rules.js';
import type { PlanDifference, PlanVersion } from '../plans/versions.dto.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Choice, TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { dayOfYear } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';
import { ROUTES } from './desk.routes.js';

const NEEDS = ['home', 'money', 'relations', 'days'] as const;

export interface SaidPageProps {
  frame: Frame;
  said: readonly SaidStatement[];
  now: PreconditionsState;
  /** Newest first, the newest included. */
  stood: readonly PreconditionsAnswer[];
}

/** `/mijn/zinnen`: what a main person said at every moment, and how it stands with what everybody needs. */
export function SaidPage({ frame, said, now, stood }: SaidPageProps): VNode {
  const t = textsFor(frame.language).draftPages.said;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <section class="card" aria-labelledby="zinnen">
        <h2 id="zinnen">{textsFor(frame.language).desk.mine.statementTitle}</h2>
        {said.length === 0 && <p>{t.nothing}</p>}
        {said.map((one) => (
          <Said one={one} />
        ))}
      </section>
      <Needs now={now} />
      {stood.length > 1 && (
        <section class="card" aria-labelledby="eerder">
          <h2 id="eerder">{t.earlier}</h2>
          {stood.slice(1).map((one) => (
            <Stood one={one} />
          ))}
        </section>
      )}
      <p>
        <a href={ROUTES.mine}>{t.back}</a>
      </p>
    </Layout>
  );
}

function Said({ one }: { one: SaidStatement }): VNode {
  const t = useTexts();
  return (
    <article class="task">
      <h3>{heading(t.draftPages.said, one.moment, one.version, one.writtenAt)}</h3>
      <DefinitionList
        items={[
          [t.desk.mine.want, <bdi>{one.want}</bdi>],
          [t.desk.mine.can, <bdi>{one.can}</bdi>],
          [t.desk.mine.need, <bdi>{one.need}</bdi>],
        ]}
      />
    </article>
  );
}

function Stood({ one }: { one: PreconditionsAnswer }): VNode {
  const t = useTexts();
  return (
    <article class="task">
      <h3>{heading(t.draftPages.said, one.moment, one.version, one.updatedAt)}</h3>
      <DefinitionList
        items={NEEDS.map((need) => [
          wordFor(t.desk.words.preconditions, need),
          <bdi>{[wordFor(t.desk.words.preconditionLevels, one[need]), one.words[need]].filter(Boolean).join(': ')}</bdi>,
        ])}
      />
    </article>
  );
}

/** "Vooraf · keer 2, 24 november 2026" */
const heading = (t: { moments: Record<string, string>; version: (number: number, on: string) => string }, moment: string | null, version: number, at: string): string =>
  [moment && t.moments[moment], t.version(version, dayOfYear(at))].filter(Boolean).join(' · ');

function Needs({ now }: { now: PreconditionsState }): VNode {
  const t = useTexts();
  const words = t.desk.words;
  return (
    <section class="card warm" aria-labelledby="voorwaarden">
      <h2 id="voorwaarden">{t.draftPages.said.preconditions}</h2>
      <p class="quiet">{t.draftPages.said.preconditionsIntro}</p>
      <Form action={ROUTES.minePreconditions} hidden={{ version: now.version }}>
        {NEEDS.map((need) => {
          const name = wordFor(words.preconditions, need);
          return (
            <>
              <Choice name={need} label={name} value={now[need]} row options={optionsOf(words.preconditionLevels)} />
              <TextArea name={`words.${need}`} label={t.draftPages.said.inWords(name)} value={now.words[need]} optional rows={2} />
            </>
          );
        })}
        <Button>{t.draftPages.said.save}</Button>
      </Form>
    </section>
  );
}

export interface VersionsPageProps {
  frame: Frame;
  /** Where the page is. */
  address: string;
  back: string;
  isStaff: boolean;
  versions: readonly PlanVersion[];
  /** How the chosen one differs from the one before. */
  difference: PlanDifference | null;
}

/** All versions of a plan, and what is different in one of them. */
export function VersionsPage({ frame, address, back, isStaff, versions, difference }: VersionsPageProps): VNode {
  const all = textsFor(frame.language);
  const t = all.draftPages.versions;
  const d = all.planDifference;
  return (
    <Layout frame={frame} title={t.title} audience={isStaff ? 'staff' : 'resident'}>
      <h1>{t.title}</h1>
      {versions.length === 0 && <p>{t.none}</p>}
      {difference?.older && (
        <section class="card" aria-labelledby="anders">
          <h2 id="anders">{d.title(difference.newer.version, difference.older.version)}</h2>
          {difference.lines.length === 0 && <p>{d.same}</p>}
          {LINE_CHANGES.map((change) => (
            <Changed title={d.changes[change]} sentences={difference.lines.filter((line) => line.change === change).map(({ sentence }) => sentence)} />
          ))}
        </section>
      )}
      {versions.length > 0 && (
        <section class="card" aria-labelledby="versies">
          <h2 id="versies">{d.versions}</h2>
          <ul>
            {versions.map((version) => (
              <li>
                {d.version(version.version, dayOfYear(version.fixedAt))}
                {version.state !== 'fixed' && `: ${wordFor(all.desk.words.planStates, version.state).toLowerCase()}`}.
                {version.version > 1 && (
                  <>
                    {' '}
                    <a href={`${address}?versie=${version.id}`}>{d.compare(version.version, version.version - 1)}</a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href={back}>{isStaff ? t.back : d.back}</a>
      </p>
    </Layout>
  );
}

function Changed({ title, sentences }: { title: string; sentences: readonly string[] }): VNode | null {
  if (sentences.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {sentences.map((sentence) => (
          <li dir="auto">{sentence}</li>
        ))}
      </ul>
    </>
  );
}
