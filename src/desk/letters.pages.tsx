import type { VNode } from 'preact';
import { circleTextsFor } from '../texts/message-languages.js';
import { textsFor } from '../texts/texts.js';
import { FormButton } from '../web/components/form.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';
import type { Letter } from './letters.dto.js';

/** A letter on one sheet: the address where the window of an envelope is, and below a strip to send back. What is not for paper is not printed. */
export function LetterPage({ frame, letter }: { frame: Frame; letter: Letter }): VNode {
  const t = textsFor(frame.language).desk.letter;
  return (
    <Layout frame={frame} title={t.title} audience="staff">
      <div class="off-paper">
        <h1>{t.title}</h1>
        <p>{t.intro}</p>
        {letter.to.length === 1 && <p>{t.noAddress}</p>}
        <FormButton action={address(ROUTES.handMessageDone, { messageId: letter.messageId })} about={letter.to[0]}>
          {t.sent}
        </FormButton>
        <p>
          <a href={ROUTES.work}>{t.back}</a>
        </p>
      </div>
      <article class="letter" lang={letter.language} dir={letter.direction}>
        <address>
          {letter.to.map((row) => (
            <span dir="auto">{row}</span>
          ))}
        </address>
        <p class="letter-date">{letter.date}</p>
        <h2>{letter.subject}</h2>
        <p>{letter.hello}</p>
        {letter.say.map((sentence) => (
          <p>{sentence}</p>
        ))}
        {letter.facts.length > 0 && (
          <dl>
            {letter.facts.map(([label, value]) => (
              <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {letter.quote && <blockquote>{letter.quote}</blockquote>}
        {letter.after.map((sentence) => (
          <p>{sentence}</p>
        ))}
        {letter.call && <p>{letter.call}</p>}
        <p class="letter-signed">
          {letter.signed.map((row) => (
            <span>{row}</span>
          ))}
        </p>
        {letter.notice.length > 0 && (
          <div class="letter-notice">
            {letter.notice.map((sentence) => (
              <p>{sentence}</p>
            ))}
          </div>
        )}
        {letter.choices.length > 0 && <Strip letter={letter} />}
      </article>
    </Layout>
  );
}

function Strip({ letter }: { letter: Letter }): VNode {
  const t = circleTextsFor(letter.language).layout.letter;
  return (
    <section class="letter-strip" aria-labelledby="strook">
      <h3 id="strook">{t.tick}</h3>
      <p>{t.strip}</p>
      <ul>
        {letter.choices.map((choice) => (
          <li>{choice}</li>
        ))}
      </ul>
      <p class="letter-line">{t.name}: {letter.to[0]}</p>
      <p class="letter-line">{t.remark}</p>
    </section>
  );
}
