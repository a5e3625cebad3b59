import type { ComponentChildren, VNode } from 'preact';
import type { FirstNotice } from '../texts/nl/messages.js';
import { Disclosure } from '../web/components/disclosure.js';
import { useTexts } from '../web/frame.js';

export interface FirstNoticeProps {
  notice: FirstNotice;
  /** The way out. */
  children: ComponentChildren;
}

/** Said to somebody who never asked to be here: who named them, what is kept, why, how long, and the way out. */
export function FirstNoticeSection({ notice, children }: FirstNoticeProps): VNode {
  const t = useTexts();
  return (
    <section class="card" aria-labelledby="wat-we-weten">
      <h2 id="wat-we-weten">{t.desk.circle.noticeTitle}</h2>
      <NoticeSentences sentences={t.consents.first.page(notice)} />
      {children}
    </section>
  );
}

/** What to say at the first call or visit, or to write in the first letter. */
export function NoticeByHand({ notice, channel, about }: { notice: FirstNotice; channel: string; about: string }): VNode {
  const t = useTexts();
  return (
    <Disclosure summary={channel === 'letter' ? t.yes.notice.write : t.yes.notice.say} about={about} open>
      <NoticeSentences sentences={t.consents.first.byHand(notice)} />
    </Disclosure>
  );
}

export function NoticeSentences({ sentences }: { sentences: readonly string[] }): VNode {
  return (
    <ul>
      {sentences.map((sentence) => (
        <li dir="auto">{sentence}</li>
      ))}
    </ul>
  );
}
