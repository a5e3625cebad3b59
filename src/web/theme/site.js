/**
 * Makes pages nicer; every page works without it. On pages of residents and circle members the tab keeps one entry in
 * its history, so that "Snel weg" leaves nothing to go back to. A function around it all, for a page that is written
 * by `document.write` runs this file again in the same realm.
 */
(() => {
  const traceless = document.body.dataset.trace === 'none';

  document.querySelector('[data-leave]')?.addEventListener('click', (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    location.replace(event.currentTarget.href);
  });

  /** A second tap while the first is on its way does nothing. */
  const sent = new WeakSet();

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    event.submitter?.setAttribute('aria-busy', 'true');
    if (!traceless) return;
    event.preventDefault();
    sendWithoutTrace(form, event.submitter);
  });

  async function sendWithoutTrace(form, submitter) {
    document.querySelector('.no-connection').hidden = true;
    const body = new URLSearchParams(new FormData(form));
    if (submitter?.name) body.append(submitter.name, submitter.value);
    try {
      const to = submitter?.hasAttribute('formaction') ? submitter.formAction : form.action;
      const answer = await fetch(to, { method: 'POST', body, headers: { accept: 'text/html' } });
      if (answer.redirected) {
        location.replace(answer.url);
        return;
      }
      const page = await answer.text();
      document.open();
      document.write(page);
      document.close();
    } catch {
      sent.delete(form);
      submitter?.removeAttribute('aria-busy');
      document.querySelector('.no-connection').hidden = false;
    }
  }

  if (traceless) {
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a[href]');
      if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      location.replace(link.href);
    });
  }

  /** Back from the browser's memory after sending: buttons work again. */
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  const live = document.querySelector('[data-live]');
  if (live) follow(live);

  /** Shows what others change: told so by server-sent events, else by asking from time to time. */
  function follow(part) {
    let asking;
    let again = false;
    const note = document.querySelector('[data-live-note]');
    note.textContent = note.dataset.liveNote;

    async function show() {
      // Nobody's button is taken from under their finger.
      if (part.contains(document.activeElement)) {
        again = true;
        return;
      }
      again = false;
      try {
        const answer = await fetch(part.dataset.livePart, { headers: { accept: 'text/html' } });
        if (answer.redirected || answer.status === 401 || answer.status === 404) location.reload();
        else if (answer.ok) part.innerHTML = await answer.text();
      } catch {
        // The next time.
      }
    }

    part.addEventListener('focusout', () => setTimeout(() => again && show()));
    const ask = () => (asking ??= setInterval(show, 5000));
    const told = new EventSource(part.dataset.live);
    told.addEventListener('open', () => {
      clearInterval(asking);
      asking = undefined;
    });
    told.addEventListener('changed', show);
    told.addEventListener('error', ask);
    told.addEventListener('over', () => {
      told.close();
      location.reload();
    });
  }

  const news = document.querySelector('[data-news]');
  if (news) hearOf(news);

  /** Where several people write: says that there is something new, and shows it around what is being typed. */
  function hearOf(part) {
    const lines = document.querySelector('[data-lines]');
    const notice = part.firstElementChild;
    const isTyped = (form) =>
      [...form.querySelectorAll('textarea, input:not([type="hidden"])')].some((field) => field.value !== field.defaultValue) ||
      [...form.querySelectorAll('select')].some((field) => field.selectedIndex !== Math.max([...field.options].findIndex((one) => one.defaultSelected), 0));

    setInterval(async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(part.dataset.news, { headers: { accept: 'text/plain' } });
        if (answer.ok && !answer.redirected) notice.hidden = (await answer.text()) === lines.dataset.lines;
      } catch {
        // The next time.
      }
    }, 5000);

    notice.querySelector('button').addEventListener('click', async () => {
      const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } }).catch(() => null);
      if (!answer) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.querySelector('[data-lines]');
      const typed = [...lines.querySelectorAll('form')].filter(isTyped);
      if (!answer.ok || !fresh) {
        // Something is wrong or over: what was typed still stands, to be copied.
        if (typed.length === 0) location.reload();
        return;
      }
      for (const form of typed) {
        const same = fresh.querySelector(`form[id="${form.id}"]`);
        // A line that was taken out meanwhile stays below, with what was typed in it.
        if (same) same.replaceWith(form);
        else fresh.append(form.closest('.task'));
      }
      lines.dataset.lines = fresh.dataset.lines;
      lines.replaceChildren(...fresh.childNodes);
      notice.hidden = true;
      lines.focus();
    });
  }

  for (const field of document.querySelectorAll('[data-copy]')) {
    field.addEventListener('focus', () => field.select());
  }

  /** The circle is drawn along with what is being typed: one dotted mark, halfway between those who are there. */
  const drawing = document.querySelector('[data-rings] svg');
  const typed = document.querySelector('[data-rings] ~ form [name="name"]');
  if (drawing && typed) {
    const rings = JSON.parse(drawing.closest('[data-rings]').dataset.rings);
    const relation = typed.form.elements.relation;
    const make = (name, attributes) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const draw = () => {
      drawing.querySelector('.typing')?.remove();
      const name = typed.value.trim();
      if (!name) return;
      const where = rings[relation?.value] ?? 'around';
      const ring = drawing.querySelector(`.ring.${where}`);
      const [x0, y0, radius] = ['cx', 'cy', 'r'].map((key) => Number(ring.getAttribute(key)));
      const there = drawing.querySelectorAll(`.person.${where}`);
      const first = there[0]?.getBBox();
      const angle = first ? Math.atan2(first.y + first.height / 2 - y0, first.x + first.width / 2 - x0) - Math.PI / there.length : -Math.PI / 2;
      const [x, y] = [x0 + radius * Math.cos(angle), y0 + radius * Math.sin(angle)];
      const group = make('g', { class: 'typing', 'aria-hidden': 'true' });
      const label = make('text', { class: 'person-name', x, y: y + 22 });
      const letters = [...name];
      label.textContent = letters.length > 12 ? `${letters.slice(0, 11).join('')}…` : name;
      group.append(make('circle', { class: `person ${where} open`, cx: x, cy: y, r: 7 }), label);
      drawing.append(group);
    };
    typed.form.addEventListener('input', draw);
    draw();
  }

  /** Reads a part of the page aloud, a sentence at a time: browsers break off what is long. */
  const voice = globalThis.speechSynthesis;
  voice?.cancel();
  addEventListener('pagehide', () => voice?.cancel());

  const BLOCKS = 'p, li, dt, dd, td, th, h1, h2, h3, h4, figcaption, caption, blockquote, div, section, article';
  const SILENT = '[hidden], [aria-hidden="true"], [data-silent], button, select, textarea, script';

  /** The sentences in a part, each with the block that it stands in and its language. */
  function sentencesIn(part, language) {
    const blocks = new Map();
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.parentElement.closest(SILENT)) continue;
      const block = text.parentElement.closest(BLOCKS);
      blocks.set(block, (blocks.get(block) ?? '') + text.data);
    }
    return [...blocks].flatMap(([block, text]) => {
      const own = block.closest('[lang]');
      const lang = (own && part.contains(own) ? own.lang : language) || document.documentElement.lang;
      const sentences = text.replace(/\s+/g, ' ').match(/.{1,200}?(?:[.!?:]+(?= |$)|$)|.{1,200}(?: |$)|.{1,200}/g) ?? [];
      return sentences.filter((said) => said.trim()).map((said) => ({ block, lang, said }));
    });
  }

  /** Ends what is being read now. */
  let stopReading = () => {};

  function read(button) {
    const words = button.textContent;
    const open = sentencesIn(document.getElementById(button.dataset.readAloud), button.dataset.lang);
    // Kept while it is said: browsers forget an utterance that nobody holds.
    let said;
    const stop = () => {
      said = null;
      stopReading = () => {};
      for (const block of document.querySelectorAll('.being-read')) block.classList.remove('being-read');
      button.textContent = words;
      voice.cancel();
    };
    const next = () => {
      const sentence = open.shift();
      if (!sentence) return stop();
      const now = (said = new SpeechSynthesisUtterance(sentence.said));
      now.lang = sentence.lang;
      const when = (go) => () => {
        if (said !== now) return;
        sentence.block.classList.remove('being-read');
        go();
      };
      now.addEventListener('end', when(next));
      now.addEventListener('error', when(stop));
      sentence.block.classList.add('being-read');
      voice.speak(now);
    };
    stopReading = stop;
    button.textContent = button.dataset.stop;
    next();
  }

  for (const button of voice ? document.querySelectorAll('[data-read-aloud]') : []) {
    const start = button.textContent;
    button.hidden = false;
    button.addEventListener('click', () => {
      const begins = button.textContent === start;
      stopReading();
      if (begins) read(button);
    });
  }

  /** About how long a step still takes, said once a minute and never counted off. */
  const lasts = document.querySelector('[data-minutes]');
  if (lasts) {
    const { minutes, left, almost, over } = lasts.dataset;
    const began = performance.now();
    setInterval(() => {
      const rest = Math.round(minutes - (performance.now() - began) / 60_000);
      lasts.textContent = rest > 2 ? left.replace('{n}', rest) : rest > 0 ? almost : over;
    }, 60_000);
  }

  document.querySelector('.error-summary')?.focus();
})();
