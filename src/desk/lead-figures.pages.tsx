import type { ComponentChildren, VNode } from 'preact';
import type { CircleGrowthRow, DropOffRow, LeadTimeRow, ReachRow } from '../micro-analysis/figures.dto.js';
import type { ReportName } from '../micro-analysis/figures.rules.js';
import type { MarksFigures } from '../micro-analysis/marks-figures.queries.js';
import { textsFor } from '../texts/texts.js';
import { Bars, type BarsProps } from '../web/components/bars.js';
import { Table } from '../web/components/table.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';

export interface LeadFiguresPageProps {
  frame: Frame;
  /** The months that are shown, first and last, as `2026-11`. */
  from: string;
  to: string;
  /** Years that may be chosen. */
  years: readonly number[];
  leadTimes: readonly LeadTimeRow[];
  growth: readonly CircleGrowthRow[];
  reach: readonly ReachRow[];
  dropOff: readonly DropOffRow[];
  marks: readonly MarksFigures[];
}

/** `/leiding/cijfers`: the organisation's own counts, drawn and in words. */
export function LeadFiguresPage({ frame, from, to, years, leadTimes, growth, reach, dropOff, marks }: LeadFiguresPageProps): VNode {
  const t = textsFor(frame.language).figures;
  return (
    <Layout frame={frame} title={t.title} audience="staff" width="wide">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <p>{t.period(month(from), month(to))}</p>
      <nav aria-label={t.periods}>
        <ul>
          <li>
            <a href={ROUTES.leadFigures}>{t.lastYear}</a>
          </li>
          {years.map((year) => (
            <li>
              <a href={`${ROUTES.leadFigures}?van=${year}-01&tot=${year}-12`}>{t.year(year)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <LeadTimes rows={leadTimes} file={fileOf('lead-times', from, to)} />
      <Growth rows={growth} file={fileOf('circle-growth', from, to)} />
      <Reached rows={reach} file={fileOf('reach', from, to)} />
      <DropOff rows={dropOff} file={fileOf('drop-off', from, to)} />
      <Marks rows={marks} />
      <p>
        <a href={fileOf('monthly-figures', from, to)}>{t.download(t.monthly)}</a>
      </p>
      <p>
        <a href={ROUTES.lead}>{t.back}</a>
      </p>
    </Layout>
  );
}

interface Part<Row> {
  rows: readonly Row[];
  file: string;
}

interface DrawnProps {
  id: string;
  texts: { title: string; explained: string };
  bars: BarsProps['bars'];
  file: string;
  children: ComponentChildren;
}

/** One report: what it is, drawn, as a table, and as a file. */
function Drawn({ id, texts: { title, explained }, bars, file, children }: DrawnProps): VNode {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{explained}</p>
      <Bars id={`${id}-beeld`} title={title} description={described(bars)} bars={bars} />
      {children}
      <Download what={title} file={file} />
    </section>
  );
}

function LeadTimes({ rows, file }: Part<LeadTimeRow>): VNode {
  const all = useTexts().figures;
  const t = all.leadTimes;
  const days = (value: number | null): string => (value === null ? '–' : t.days(decimal(value)));
  const bars = rows.map(({ step, median, q1, q3 }) => ({ label: t.steps[step], value: median, text: days(median), range: q1 === null || q3 === null ? null : ([q1, q3] as const) }));
  return (
    <Drawn id="duur" texts={t} bars={bars} file={file}>
      <Table
        caption={t.title}
        captionUnseen
        empty={all.none}
        rows={rows}
        columns={[
          { heading: t.step, names: true, cell: ({ step }) => t.steps[step] },
          { heading: all.number, numeric: true, cell: ({ n }) => n },
          { heading: t.median, numeric: true, cell: ({ median }) => days(median) },
          { heading: t.between, numeric: true, cell: ({ q1, q3 }) => (q1 === null || q3 === null ? '–' : t.range(decimal(q1), decimal(q3))) },
          { heading: t.p90, numeric: true, cell: ({ p90 }) => days(p90) },
        ]}
      />
    </Drawn>
  );
}

function Growth({ rows, file }: Part<CircleGrowthRow>): VNode {
  const all = useTexts().figures;
  const t = all.growth;
  const size = (value: number | null): string => (value === null ? '–' : decimal(value));
  const bars = rows.flatMap(({ moment, informalMedian, professionalMedian }) => [
    { label: `${t.moments[moment]}: ${t.informal.toLowerCase()}`, value: informalMedian, text: size(informalMedian) },
    { label: `${t.moments[moment]}: ${t.professional.toLowerCase()}`, value: professionalMedian, text: size(professionalMedian) },
  ]);
  return (
    <Drawn id="kring" texts={t} bars={bars} file={file}>
      <Table
        caption={t.title}
        captionUnseen
        empty={all.none}
        rows={rows}
        columns={[
          { heading: t.moment, names: true, cell: ({ moment }) => t.moments[moment] },
          { heading: t.cases, numeric: true, cell: ({ cases }) => cases },
          { heading: t.informal, numeric: true, cell: ({ informalMedian }) => size(informalMedian) },
          { heading: t.professional, numeric: true, cell: ({ professionalMedian }) => size(professionalMedian) },
        ]}
      />
    </Drawn>
  );
}

function Reached({ rows, file }: Part<ReachRow>): VNode {
  const all = useTexts().figures;
  const t = all.reach;
  const bars = rows.map(({ channel, approached, reached }) => ({ label: t.channels[channel], value: reached, text: t.part(reached, approached) }));
  return (
    <Drawn id="bereik" texts={t} bars={bars} file={file}>
      <Table
        caption={t.title}
        captionUnseen
        empty={all.none}
        rows={rows}
        columns={[
          { heading: t.channel, names: true, cell: ({ channel }) => t.channels[channel] },
          { heading: t.approached, numeric: true, cell: ({ approached }) => approached },
          { heading: t.reached, numeric: true, cell: ({ reached }) => reached },
          { heading: t.answered, numeric: true, cell: ({ answered }) => answered },
          { heading: t.undelivered, numeric: true, cell: ({ undelivered }) => undelivered },
          { heading: t.byHand, numeric: true, cell: ({ byHand }) => byHand },
        ]}
      />
    </Drawn>
  );
}

function DropOff({ rows, file }: Part<DropOffRow>): VNode {
  const all = useTexts();
  const t = all.figures.dropOff;
  return (
    <section class="card" aria-labelledby="afhaken">
      <h2 id="afhaken">{t.title}</h2>
      <p>{t.explained}</p>
      {([['case', t.ofCase], ['person', t.ofPerson]] as const).map(([of, caption]) => {
        const steps = rows.filter((row) => row.of === of);
        const bars = steps.map(({ step, came }) => ({ label: t.steps[step] ?? step, value: came, text: String(came) }));
        return (
          <>
            <h3>{caption}</h3>
            <Bars id={`afhaken-${of}`} title={`${t.title}: ${caption}`} description={described(bars)} bars={bars} />
            <Table
              caption={caption}
              captionUnseen
              empty={all.figures.none}
              rows={steps}
              columns={[
                { heading: t.step, names: true, cell: ({ step }) => t.steps[step] ?? step },
                { heading: t.came, numeric: true, cell: ({ came }) => came },
                { heading: t.stopped, numeric: true, cell: ({ stopped }) => stopped },
                { heading: t.why, cell: ({ reasons }) => reasons.map(({ code, reason, n }) => t.reason(t.codes[code], wordOf(all, reason), n)).join('; ') || '–' },
              ]}
            />
          </>
        );
      })}
      <Download what={t.title} file={file} />
    </section>
  );
}

/** What people gave; no file: it is for who reads here only. */
function Marks({ rows }: { rows: readonly MarksFigures[] }): VNode {
  const all = useTexts().figures;
  const t = all.marks;
  const figure = (n: number | null, median: number | null): string => (n === null || median === null ? t.tooFew : t.figure(decimal(median), n));
  return (
    <section class="card" aria-labelledby="cijfers-van-mensen">
      <h2 id="cijfers-van-mensen">{t.title}</h2>
      <p>{t.explained}</p>
      <Table
        caption={t.title}
        captionUnseen
        empty={all.none}
        rows={rows}
        columns={[
          { heading: t.moment, names: true, cell: ({ moment }) => t.moments[moment] },
          { heading: t.meeting, cell: ({ meeting, meetingMedian }) => figure(meeting, meetingMedian) },
          { heading: t.plan, cell: ({ plan, planMedian }) => figure(plan, planMedian) },
        ]}
      />
    </section>
  );
}

function Download({ what, file }: { what: string; file: string }): VNode {
  return (
    <p>
      <a href={file}>{useTexts().figures.download(what)}</a>
    </p>
  );
}

/** The published codes of why something stopped, as they are said elsewhere. */
function wordOf({ cases, referrals, meetings }: ReturnType<typeof useTexts>, reason: string | null): string | null {
  if (reason === null) return null;
  const words: Readonly<Record<string, string>> = { ...meetings.reasons, ...referrals.withdrawalReasons, ...referrals.declineReasons, ...cases.stopReasons };
  return words[reason] ?? reason;
}

const fileOf = (name: ReportName, from: string, to: string): string => `${address(ROUTES.leadFiguresFile, { name: `${name}.csv` })}?van=${from}&tot=${to}`;

const decimal = (value: number): string => String(Math.round(value * 10) / 10).replace('.', ',');

const described = (bars: readonly { label: string; text: string }[]): string => bars.map(({ label, text }) => `${label}: ${text}.`).join(' ');

const MONTH = new Intl.DateTimeFormat('nl-NL', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const month = (typed: string): string => MONTH.format(new Date(`${typed}-01T00:00:00Z`));
