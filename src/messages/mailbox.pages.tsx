import type { VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import type { MailboxItem } from './mailbox.service.js';

const ADDRESS = /(https?:\/\/[^\s<>]+)/u;
const texts = textsFor('nl').messages.mailbox;

/** The local mailbox, newest first. Formatted mail stands in a frame that may do nothing; its links work in the text. */
export function mailboxPage(items: MailboxItem[]): VNode {
  return (
    <html lang="nl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{texts.title}</title>
      </head>
      <body>
        <main>
          <h1>{texts.title}</h1>
          <p>{items.length > 0 ? texts.intro : texts.empty}</p>
          {items.map((item) => (
            <Message {...item} />
          ))}
        </main>
      </body>
    </html>
  );
}

function Message({ id, to, subject, text, html, attachments, sentAt }: MailboxItem): VNode {
  return (
    <article id={id}>
      <h2>{subject ?? texts.textMessage}</h2>
      <p>
        {to}, <time datetime={sentAt}>{sentAt}</time>
      </p>
      <pre>{text.split(ADDRESS).map((part) => (ADDRESS.test(part) ? <a href={part}>{part}</a> : part))}</pre>
      {html && (
        <details>
          <summary>{texts.asHtml}</summary>
          <iframe sandbox="" srcdoc={html} title={subject ?? ''} width="100%" height="400" />
        </details>
      )}
      {attachments.length > 0 && (
        <>
          <h3>{texts.attachments}</h3>
          <ul>
            {attachments.map(({ filename, contentType, content }) => (
              <li>
                <a download={filename} href={`data:${contentType.split(';')[0]};base64,${content}`}>
                  {filename}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <hr />
    </article>
  );
}
