import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { MailParts } from './templates.rules.js';

/** The only style in a mail; a page that shows one names it by its digest. */
export const MAIL_STYLE = [
  'body{font:1.0625rem/1.5 sans-serif;margin:0 auto;max-width:36rem;padding:1rem}',
  '.button{background:#154273;border-radius:4px;color:#fff;display:inline-block;font-weight:bold;padding:.75rem 1.25rem}',
  'dt{font-weight:bold}dd{margin:0 0 .5rem}blockquote{border-left:4px solid #154273;margin:1rem 0;padding-left:1rem}',
  'footer{border-top:1px solid #767676;font-size:.9375rem;margin-top:2rem}',
].join('');

/** The HTML form of a mail: no pictures, nothing loaded from elsewhere, every text escaped by the renderer. */
export function mailHtml(parts: MailParts): string {
  return `<!doctype html>${renderToString(<Mail {...parts} />)}`;
}

function Mail({
  language,
  direction,
  subject,
  hello,
  say,
  facts,
  quote,
  button,
  after,
  call,
  greetings,
  signed,
  notice,
}: MailParts): VNode {
  return (
    <html lang={language} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{subject}</title>
        <style>{MAIL_STYLE}</style>
      </head>
      <body>
        <p>{hello}</p>
        {say.map((sentence) => (
          <p>{sentence}</p>
        ))}
        {facts.length > 0 && (
          <dl>
            {facts.map(([label, value]) => (
              <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {quote && (
          <blockquote>
            {quote.split('\n').map((row) => (
              <p>{row}</p>
            ))}
          </blockquote>
        )}
        {button && (
          <p>
            <a class="button" href={button.url}>
              {button.label}
            </a>
          </p>
        )}
        {after.map((sentence) => (
          <p>{sentence}</p>
        ))}
        {call && (
          <p>
            <a href={`tel:${call.tel}`}>{call.text}</a>
          </p>
        )}
        <p>
          {greetings}
          {signed.map((row) => (
            <>
              <br />
              {row}
            </>
          ))}
        </p>
        {notice.length > 0 && (
          <footer>
            {notice.map((sentence) => (
              <p>{sentence}</p>
            ))}
          </footer>
        )}
      </body>
    </html>
  );
}
