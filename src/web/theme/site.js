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

  for (const field of document.querySelectorAll('[data-copy]')) {
    field.addEventListener('focus', () => field.select());
  }

  document.querySelector('.error-summary')?.focus();
})();
