import type { ComponentChildren, VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import { dayOfYear, readable, time } from '../web/format.js';
import type { PersonData, PersonDataSection } from './person-data.dto.js';

type Section = Pick<PersonDataSection, 'key' | 'title' | 'records'>;

/** A file of its own: it must read and print well without us. No address of ours stands in it. */
const STYLE = `
body{font:1rem/1.55 system-ui,sans-serif;color:#1b1b1b;background:#fff;max-width:46rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.8rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem;border-bottom:2px solid #1b1b1b;break-after:avoid}
dl{margin:.75rem 0;padding:.5rem 0;border-bottom:1px solid #bbb;break-inside:avoid}
dl div{display:flex;flex-wrap:wrap;gap:0 1rem}dt{flex:0 0 13rem;color:#444}dd{margin:0;flex:1 1 15rem;overflow-wrap:anywhere}
ul{margin:0;padding-left:1.2rem}nav ul{columns:2}a{color:#00509d}
@media print{nav{display:none}body{padding:0;max-width:none;font-size:10.5pt}}`;

/** Everything about one person as one file: opens without a network, prints well. */
export function PersonDataDocument({ data }: { data: PersonData }): VNode {
  const t = textsFor('nl').privacy.data;
  return (
    <html lang="nl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{t.title(data.name)}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <header>
          <h1 dir="auto">{t.title(data.name)}</h1>
          <p>{t.made(moment(data.generatedAt), data.organisation.name)}</p>
        </header>
        <nav aria-label={t.contents}>
          <ul>
            {data.sections.map(({ key, title }) => (
              <li>
                <a href={`#${key}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
        <main>
          <PersonDataParts data={data} />
        </main>
      </body>
    </html>
  );
}

/** The same within a page: why we have it, what it is, and what is not given. `folded`: one tap for each part, or a phone scrolls for ever. */
export function PersonDataParts({ data, folded = false }: { data: PersonData; folded?: boolean }): VNode {
  const t = textsFor('nl').privacy.data;
  return (
    <>
      <section aria-labelledby="waarom">
        <h2 id="waarom">{t.whyTitle}</h2>
        <p>{data.legalGround}</p>
        <p>{data.kept}</p>
        <h3>{t.recipientsTitle}</h3>
        <ul>
          {data.recipients.map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      </section>
      {data.sections.map((section) => (
        <Part id={section.key} title={section.title} folded={folded}>
          <Records section={section} />
        </Part>
      ))}
      <Part id="niet" title={t.withheldTitle} folded={folded}>
        <dl>
          {data.withheld.map(({ what, why }) => (
            <div>
              <dt>{what}</dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      </Part>
    </>
  );
}

function Part({ id, title, folded, children }: { id: string; title: string; folded: boolean; children: ComponentChildren }): VNode {
  if (folded) {
    return (
      <details class="part">
        <summary>
          <h2 id={id}>{title}</h2>
        </summary>
        {children}
      </details>
    );
  }
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** What stands under one heading, a list of words and values for each thing. Empty ones are left out. */
export function Records({ section }: { section: Section }): VNode {
  return (
    <>
      {section.records.map((record) => (
        <dl>
          {Object.entries(record)
            .map(([name, value]) => [name, shown(name, value)] as const)
            .filter(([, value]) => value !== null)
            .map(([name, value]) => (
              <div>
                <dt>{fieldLabel(name)}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
        </dl>
      ))}
    </>
  );
}

/** The word for a field; a test knows that each has one. */
export const fieldLabel = (name: string): string => (textsFor('nl').privacy.data.fields as Record<string, string>)[name] ?? name;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const moment = (instant: string): string => `${dayOfYear(instant)}, ${time(instant)}`;

function shown(name: string, value: unknown): VNode | string | null {
  const t = textsFor('nl').privacy.data;
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (Array.isArray(value)) {
    if (value.length === 0) return null;
    return (
      <ul>
        {value.map((one: string) => (
          <li dir="auto">{one.replace(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z/, moment)}</li>
        ))}
      </ul>
    );
  }
  const text = String(value);
  if (INSTANT.test(text)) return moment(text);
  if (DAY.test(text)) return dayOfYear(text);
  if (name === 'phone') return readable(text);
  if (name === 'unitPriceCents') return t.euros(Number(text));
  return t.words[text] ?? text;
}
