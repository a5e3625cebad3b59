import type { VNode } from 'preact';
import type { CircleAnswers } from '../circle/growth.dto.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { ROUTES } from './desk.routes.js';

export interface OwnAnswerPageProps {
  frame: Frame;
  answers: CircleAnswers;
}

/** `/mijn/op-wie`: "op wie kun je nu rekenen?", the same question at each moment. */
export function OwnAnswerPage({ frame, answers }: OwnAnswerPageProps): VNode {
  const all = textsFor(frame.language);
  const t = all.preparation.own;
  const now = answers.items.find(({ moment }) => moment === answers.moment);
  const earlier = answers.items.filter(({ moment }) => moment !== answers.moment);
  const unknown = now?.names.filter(({ memberId }) => memberId === null) ?? [];
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <section class="card warm">
        <p>{t.help}</p>
        <Form action={ROUTES.mineAnswer} hidden={{ moment: answers.moment }}>
          <TextArea name="names" label={t.label} hint={t.hint} value={now?.names.map(({ name }) => name).join('\n')} rows={6} optional />
          <p class="quiet">{t.nobody}</p>
          <Button>{t.save}</Button>
        </Form>
      </section>
      {unknown.length > 0 && (
        <section class="card" aria-labelledby="nieuw">
          <h2 id="nieuw">{t.newPeople}</h2>
          <ul>
            {unknown.map(({ name }) => (
              <li>
                <a href={ROUTES.mineCircleMore}>
                  <bdi>{t.propose(name)}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {earlier.length > 0 && (
        <section class="card" aria-labelledby="eerder">
          <h2 id="eerder">{t.earlier}</h2>
          <DefinitionList
            items={earlier.map(({ moment, names }) => [
              all.circle.growthMoments[moment],
              <bdi>{names.map(({ name }) => name).join(', ') || t.none}</bdi>,
            ])}
          />
        </section>
      )}
      <p>
        <a href={ROUTES.mine}>{t.back}</a>
      </p>
    </Layout>
  );
}
