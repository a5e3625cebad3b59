import type { VNode } from 'preact';
import type { AuditEvent, FileLook } from '../audit/audit.dto.js';
import { textsFor } from '../texts/texts.js';
import { Table } from '../web/components/table.js';
import { dayOfYear } from '../web/format.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { ROUTES } from './desk.routes.js';

export interface LooksPageProps {
  frame: Frame;
  mainPerson: boolean;
  looks: readonly FileLook[];
  next: string | null;
}

/** `/mijn/wie-keek` and `/kring/wie-keek`: who looked at what is yours, day by day. */
export function LooksPage({ frame, mainPerson, looks, next }: LooksPageProps): VNode {
  const t = textsFor(frame.language).audit.looks;
  const days = [...new Set(looks.map(({ day }) => day))];
  const here = mainPerson ? ROUTES.mineLooks : ROUTES.circleLooks;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.heading}</h1>
      <p class="lead">{mainPerson ? t.intro : t.introMember}</p>
      {days.length === 0 && <p>{t.none}</p>}
      {days.map((day) => (
        <section class="card" aria-labelledby={`dag-${day}`}>
          <h2 id={`dag-${day}`}>{dayOfYear(day)}</h2>
          {looks
            .filter((look) => look.day === day)
            .map((look) => (
              <article class="task">
                <h3>
                  <bdi>{look.name}</bdi>{' '}
                  <span class="quiet">{look.organisation ? `${look.role}, ${look.organisation}` : look.role}</span>
                </h3>
                <ul>
                  {look.what.map(({ text }) => (
                    <li>{text}</li>
                  ))}
                </ul>
                <p class="quiet">
                  {t.why}: {look.why.map(({ text }) => text).join('; ')}.
                </p>
              </article>
            ))}
        </section>
      ))}
      {next && (
        <p>
          <a href={`${here}?na=${encodeURIComponent(next)}`}>{t.older}</a>
        </p>
      )}
      <p>{t.ask}</p>
      <p>
        <a href={mainPerson ? ROUTES.mine : ROUTES.circle}>{t.back}</a>
      </p>
    </Layout>
  );
}

export interface LogPageProps {
  frame: Frame;
  events: readonly (AuditEvent & { name: string | null; moment: string })[];
  /** What was searched for. */
  asked: { reference: string; person: string };
  unknown: boolean;
  seal: { number: number; date: string } | null;
  /** The address of what is older. */
  next: string | null;
}

/** `/beheer/logboek`: who saw and did what, without contents. */
export function LogPage({ frame, events, asked, unknown, seal, next }: LogPageProps): VNode {
  const texts = textsFor(frame.language);
  const t = texts.audit.log;
  return (
    <Layout frame={frame} title={t.title} audience="staff">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <p class="quiet">{seal ? t.seal(seal.number, seal.date) : t.noSeal}</p>
      <form method="get" action={ROUTES.adminLog} class="card">
        <p>
          <label for="nummer">{t.reference}</label> <small>{t.referenceHint}</small>
          <br />
          <input id="nummer" name="nummer" class="utrecht-textbox" value={asked.reference} maxlength={40} />
        </p>
        <p>
          <label for="persoon">{t.person}</label>
          <br />
          <input id="persoon" name="persoon" class="utrecht-textbox" value={asked.person} maxlength={200} />
        </p>
        <button class="utrecht-button utrecht-button--primary-action">{t.search}</button>
      </form>
      {unknown && <p role="status">{t.unknown}</p>}
      <Table
        caption={t.title}
        captionUnseen
        empty={t.none}
        rows={events}
        columns={[
          { heading: t.when, names: true, cell: ({ moment }) => moment },
          { heading: texts.audit.looks.who, cell: ({ name, actorKind }) => <bdi>{name ?? (actorKind === 'participant' ? t.participant : t.nobody)}</bdi> },
          { heading: texts.audit.looks.what, cell: ({ text, result }) => (result === 'refused' ? `${text} (${t.refused})` : text) },
          { heading: texts.audit.looks.why, cell: ({ purpose }) => (purpose === 'not-recorded' ? '' : texts.audit.purposes[purpose]) },
        ]}
      />
      {next && (
        <p>
          <a href={next}>{t.next}</a>
        </p>
      )}
    </Layout>
  );
}
