import type { VNode } from 'preact';
import { useTexts } from '../frame.js';

export interface ReadAloudProps {
  /** The id of the part of the page that is read. */
  target: string;
  /** The language of that part; what in it has a `lang` of its own is read in that one. */
  lang?: string;
  /** The words on the button, for a page in another language. */
  words?: { start: string; stop: string };
}

/** Reads a part of the page with the browser's own voice. Without script or without speech the button is not there. */
export function ReadAloud({ target, lang, words }: ReadAloudProps): VNode {
  const t = useTexts().web;
  const { start, stop } = words ?? { start: t.readAloud, stop: t.readAloudStop };
  return (
    <button type="button" class="utrecht-button--secondary-action read-aloud" hidden data-read-aloud={target} data-lang={lang} data-stop={stop}>
      {start}
    </button>
  );
}
