import type { VNode } from 'preact';
import type { formsOf, SampleForm } from '../messages/samples.rules.js';
import { TEMPLATES, type RenderedMessage, type Template } from '../messages/templates.rules.js';
import { directionOf, isCircleTemplate } from '../texts/message-languages.js';
import { textsFor } from '../texts/texts.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';

/** `/beheer/teksten`: everything that the service writes to people. */
export function AdminTextsPage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).admin.texts;
  return (
    <Layout frame={frame} title={t.title} audience="staff">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <TemplateList title={t.forCircle} templates={TEMPLATES.filter((one) => isCircleTemplate(one))} names={t.names} />
      <TemplateList title={t.forStaff} templates={TEMPLATES.filter((one) => !isCircleTemplate(one))} names={t.names} />
    </Layout>
  );
}

function TemplateList({ title, templates, names }: { title: string; templates: readonly Template[]; names: Readonly<Record<Template, string>> }): VNode {
  return (
    <section class="card">
      <h2>{title}</h2>
      <ul>
        {templates.map((template) => (
          <li>
            <a href={address(ROUTES.adminText, { template })}>{names[template]}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export interface AdminTextPageProps {
  frame: Frame;
  template: Template;
  form: SampleForm;
  forms: ReturnType<typeof formsOf>;
  rendered: RenderedMessage;
}

/** One message with made-up names, as text; every form of it is a link away. The mail as it looks has an address of its own. */
export function AdminTextPage({ frame, template, form, forms, rendered }: AdminTextPageProps): VNode {
  const texts = textsFor(frame.language);
  const t = texts.admin.texts;
  const to = (change: Partial<SampleForm>, route: string = ROUTES.adminText): string => {
    const { language, kind, role, first } = { ...form, ...change };
    const query = new URLSearchParams({
      ...(forms.languages.length > 1 ? { taal: language } : {}),
      ...(forms.kinds.length > 0 ? { soort: kind, rol: role } : {}),
      ...(forms.first && first ? { eerste: 'ja' } : {}),
    }).toString();
    return `${address(route, { template })}${query && `?${query}`}`;
  };
  const speech = { lang: form.language, dir: directionOf(form.language) };
  return (
    <Layout frame={frame} title={t.names[template]} audience="staff">
      <h1>{t.names[template]}</h1>
      <p class="lead">{t.intro}</p>
      {forms.languages.length > 1 && (
        <Forms title={t.language} all={forms.languages} now={form.language} word={(one) => t.languages[one]} href={(language) => to({ language })} />
      )}
      {forms.kinds.length > 0 && (
        <Forms title={t.kind} all={forms.kinds} now={form.kind} word={(one) => texts.cases.kinds[one] ?? one} href={(kind) => to({ kind })} />
      )}
      {forms.roles.length > 0 && <Forms title={t.role} all={forms.roles} now={form.role} word={(one) => t.roles[one]} href={(role) => to({ role })} />}
      {forms.first && (
        <p>
          <a href={to({ first: !form.first })} aria-current={form.first ? 'true' : undefined}>
            {t.first}
          </a>
        </p>
      )}
      <section class="card" aria-labelledby="mail">
        <h2 id="mail">{t.mail}</h2>
        <p>
          {t.subject}: <strong {...speech}>{rendered.subject}</strong>
        </p>
        <pre class="written" {...speech}>{rendered.text}</pre>
        <p>
          <a href={to({}, ROUTES.adminTextMail)}>{t.mailLink}</a>
        </p>
      </section>
      <section class="card" aria-labelledby="sms">
        <h2 id="sms">{t.sms}</h2>
        <p class="written" {...speech}>{rendered.sms}</p>
      </section>
      <p>
        <a href={ROUTES.adminTexts}>{t.all}</a>
      </p>
    </Layout>
  );
}

function Forms<T extends string>(props: { title: string; all: readonly T[]; now: T; word: (one: T) => string; href: (one: T) => string }): VNode {
  const { title, all, now, word, href } = props;
  return (
    <nav aria-label={title}>
      <p>
        <strong>{title}:</strong>{' '}
        {all.map((one) => (
          <>
            <a href={href(one)} aria-current={one === now ? 'true' : undefined}>
              {word(one)}
            </a>{' '}
          </>
        ))}
      </p>
    </nav>
  );
}
