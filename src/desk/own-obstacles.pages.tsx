import type { VNode } from 'preact';
import type { ObstacleForCircle } from '../plans/obstacles.dto.js';
import { FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { day } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { MailText } from './case-obstacles.pages.js';
import { address, ROUTES } from './desk.routes.js';

export type OwnObstacle = Pick<ObstacleForCircle, 'id' | 'category' | 'openSince' | 'directorMail'> & { yourMove?: boolean };

/** Somebody waits for the reader. Says what kind of thing it is, and nothing of whom. */
export function YourMoves({ obstacles }: { obstacles: readonly OwnObstacle[] }): VNode {
  const all = useTexts().obstacles;
  return (
    <>
      {obstacles
        .filter(({ yourMove }) => yourMove)
        .map(({ category, openSince }) => (
          <Notice tone="info" title={all.mover.title}>
            {all.mover.text(all.categories[category], day(openSince))}
          </Notice>
        ))}
    </>
  );
}

/** Texts for a director that wait for the reader's yes. */
export function DirectorTexts({ obstacles }: { obstacles: readonly OwnObstacle[] }): VNode {
  const t = useTexts().obstacles.director;
  return (
    <>
      {obstacles.flatMap(({ id, directorMail: mail }) => {
        if (!mail?.text || (mail.state !== 'asked' && mail.state !== 'declined')) return [];
        const said = mail.answers[0]?.agrees ?? null;
        return (
          <section class="card" aria-labelledby={`tekst-${id}`}>
            <h2 id={`tekst-${id}`}>{t.mineTitle}</h2>
            <p>{t.mineIntro}</p>
            <MailText subject={mail.subject} text={mail.text} />
            {said !== null && <p>{said ? t.mineSaidYes : t.mineSaidNo}</p>}
            <div class="buttons">
              {said !== true && (
                <FormButton action={address(ROUTES.mineDirector, { obstacleId: id })} hidden={{ agrees: 'true' }} kind="primary">
                  {t.mineYes}
                </FormButton>
              )}
              {said !== false && (
                <FormButton action={address(ROUTES.mineDirector, { obstacleId: id })} hidden={{ agrees: 'false' }}>
                  {t.mineNo}
                </FormButton>
              )}
            </div>
          </section>
        );
      })}
    </>
  );
}
