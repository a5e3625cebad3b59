import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../platform/http/problem.js';
import { problemText } from '../texts/refusals.js';
import { renderPage } from '../web/page.js';
import { ROUTES } from './desk.routes.js';
import { ErrorPage } from './error.pages.js';

/** A refusal on a page: who is not signed in goes to sign in and comes back; everyone else reads it in plain words. */
export function showError(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const staff = request.url.startsWith(ROUTES.work);
  if (problem.status === 401 && staff && request.method === 'GET') {
    void reply.redirect(`${ROUTES.signIn}?next=${encodeURIComponent(request.url)}`, 303);
    return;
  }
  const byLink = [ROUTES.circle, ROUTES.mine].some((path) => request.url.startsWith(path));
  const signedOut = problem.status === 401;
  const page = (
    <ErrorPage
      frame={{ language: 'nl', csrfToken: '', organisation: '' }}
      status={problem.status}
      message={signedOut ? null : problemText(problem.code, { ...problem.extra.values, state: problem.extra.state ?? '' })}
      requestId={request.id}
      audience={staff ? 'staff' : byLink ? 'resident' : 'everyone'}
    />
  );
  void reply.type('text/html; charset=utf-8').send(renderPage(page));
}
