import type { ComponentChildren, VNode } from 'preact';
import type { Block, PlanSheet, Said, Tick } from '../plans/plan-paper.rules.js';
import { languageOfWords } from '../plans/words.rules.js';
import { nameParts } from '../texts/isolate.js';
import { OwnAgreementPart, type OwnAgreementProps } from './own-agreement.pages.js';
import { planPaperTexts } from '../texts/plan-paper.js';
import { textsFor } from '../texts/texts.js';
import type { PlanPaperTexts } from '../texts/nl/plan-paper.js';
import { ReadAloud } from '../web/components/read-aloud.js';
import { dayOfYear, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';

const SIGNS = { open: '☐', ticked: '☑', none: '☒' } as const;
const BOXES_FOR_TIMES = 12;
const SHEET = 'blad';

export interface OwnPaperProps {
  frame: Frame;
  /** What the page is. */
  title: string;
  /** Null when there is no plan yet. */
  sheet: PlanSheet | null;
  pdf: string;
  back: string;
  versions: readonly { version: number; fixedAt: Instant; href: string; shown: boolean }[];
  /** What the reader says of the version that is shown; null when nothing is asked of them. */
  agreement?: OwnAgreementProps | null;
}

/** `/mijn/plan`, `/kring/plan` and the sheet with only one's own promises: to read, to listen to, to print. */
export function OwnPaperPage({ frame, title, sheet, pdf, back, versions, agreement }: OwnPaperProps): VNode {
  const t = textsFor(frame.language).paperPages.mine;
  return (
    <Layout frame={frame} title={title} audience="resident" listen={sheet === null}>
      {sheet ? (
        <>
          <p class="off-paper buttons">
            <PdfLink href={pdf}>{t.pdf}</PdfLink>
            <ReadAloud target={SHEET} lang={sheet.language} words={planPaperTexts(sheet.language).readAloud} />
          </p>
          <SheetArticle sheet={sheet} />
        </>
      ) : (
        <>
          <h1>{title}</h1>
          <p>{t.none}</p>
        </>
      )}
      {agreement && (
        <section class={agreement.agrees === null ? 'card warm off-paper' : 'off-paper'} aria-label={t.answer}>
          <OwnAgreementPart {...agreement} />
        </section>
      )}
      <Versions versions={versions} />
      <p class="off-paper">
        <a href={back}>{t.back}</a>
      </p>
    </Layout>
  );
}

/** One of several things that are shown one at a time. */
interface Option {
  label: string;
  href: string;
  shown: boolean;
}

export interface CasePaperProps {
  frame: Frame;
  reference: string;
  sheet: PlanSheet | null;
  pdf: string;
  back: string;
  form: string;
  readers: readonly Option[];
  languages: readonly Option[];
  versions: OwnPaperProps['versions'];
}

/** `/werk/trajecten/{ref}/plan/papier`: the plan as the facilitator prints it, for each reader what they may read. */
export function CasePaperPage({ frame, reference, sheet, pdf, back, form, readers, languages, versions }: CasePaperProps): VNode {
  const t = textsFor(frame.language).paperPages;
  return (
    <Layout frame={frame} title={t.work.pageTitle(reference)} audience="staff">
      <div class="off-paper">
        {sheet ? (
          <>
            <p class="lead">{t.work.intro}</p>
            <Options title={t.work.for} options={readers} />
            <Options title={t.work.language} options={languages} />
            <p class="buttons">
              <PdfLink href={pdf}>{t.mine.pdf}</PdfLink>
            </p>
          </>
        ) : (
          <>
            <h1>{t.work.title}</h1>
            <p>{t.mine.none}</p>
          </>
        )}
      </div>
      {sheet && <SheetArticle sheet={sheet} />}
      <Versions versions={versions} />
      <p class="off-paper">
        <a href={form} download>
          {t.work.form}
        </a>
      </p>
      <p class="off-paper">
        <a href={back}>{t.work.back}</a>
      </p>
    </Layout>
  );
}

function PdfLink({ href, children }: { href: string; children: ComponentChildren }): VNode {
  return (
    <a class="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action" href={href} download>
      {children}
    </a>
  );
}

function Options({ title, options }: { title: string; options: readonly Option[] }): VNode {
  return (
    <nav class="jump" aria-label={title}>
      <strong>{title}</strong>
      <ul class="plain">
        {options.map(({ label, href, shown }) => (
          <li>
            <a href={href} aria-current={shown ? 'true' : undefined}>
              <bdi>{label}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Versions({ versions }: Pick<OwnPaperProps, 'versions'>): VNode | null {
  const t = useTexts().paperPages.mine;
  if (versions.length < 2) return null;
  return (
    <div class="off-paper">
      <Options title={t.versions} options={versions.map(({ version, fixedAt, href, shown }) => ({ label: t.version(version, dayOfYear(fixedAt)), href, shown }))} />
    </div>
  );
}

/** The sheet itself: the only thing that comes on paper. */
function SheetArticle({ sheet }: { sheet: PlanSheet }): VNode {
  const t = planPaperTexts(sheet.language);
  return (
    <article class="sheet card" id={SHEET} lang={sheet.language} dir={sheet.direction}>
      <h1>{sheet.title}</h1>
      {sheet.intro.map((sentence) => (
        <p>
          <Sentence text={sentence} />
        </p>
      ))}
      {sheet.sections.map(({ id, heading, blocks }) => (
        <section aria-labelledby={`${SHEET}-${id}`}>
          <h2 id={`${SHEET}-${id}`}>{heading}</h2>
          {blocks.map((block) => (
            <BlockPart block={block} texts={t} />
          ))}
        </section>
      ))}
    </article>
  );
}

/** One of our sentences; the names in it have a direction of their own. */
const Sentence = ({ text }: { text: string }): VNode => <>{nameParts(text).map((part, i) => (i % 2 === 1 ? <bdi>{part}</bdi> : part))}</>;

/** Ours, or people's own words: in the language and from the side in which they are written. */
const SaidPart = ({ said: { text, own } }: { said: Said }): VNode =>
  own ? (
    <span class="own-lines" dir="auto" lang={languageOfWords(text)}>
      {text}
    </span>
  ) : (
    <Sentence text={text} />
  );

function BlockPart({ block, texts: t }: { block: Block; texts: PlanPaperTexts }): VNode {
  switch (block.kind) {
    case 'text':
      return (
        <p class={block.quiet && 'quiet'}>
          <SaidPart said={block.said} />
        </p>
      );
    case 'person':
      return <h3 dir="auto">{block.name}</h3>;
    case 'labelled':
      return (
        <dl>
          {block.rows.map(({ label, said }) => (
            <div>
              <dt>{label}</dt>
              <dd>
                <SaidPart said={said} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'facts':
      return (
        <table>
          <tbody>
            {block.rows.map(([name, value]) => (
              <tr>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'list': {
      const items = block.items.map((said) => (
        <li>
          <SaidPart said={said} />
        </li>
      ));
      return block.numbered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'ticks':
      return (
        <ul class="plain ticks">
          {block.items.map((tick) => (
            <TickPart tick={tick} texts={t} />
          ))}
        </ul>
      );
  }
}

function TickPart({ tick: { box, who, what, when, repeats }, texts: t }: { tick: Tick; texts: PlanPaperTexts }): VNode {
  return (
    <li>
      <span class="tick-box" aria-hidden="true">
        {SIGNS[box]}
      </span>
      <div>
        {who && (
          <p>
            <strong dir="auto">{who}</strong>
          </p>
        )}
        <p class="own-lines" dir="auto" lang={languageOfWords(what)}>
          {what}
        </p>
        <p class="quiet">
          <Sentence text={when} />
        </p>
        {repeats && (
          <p class="tick-times" aria-hidden="true">
            {t.eachTime} {`${SIGNS.open} `.repeat(BOXES_FOR_TIMES)}
          </p>
        )}
      </div>
    </li>
  );
}
