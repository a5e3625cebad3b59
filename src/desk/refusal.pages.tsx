import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StatefulRequest } from '../platform/http/access.js';
import type { Problem } from '../platform/http/problem.js';
import { problemOnPage } from '../texts/refusals.js';
import { renderPage } from '../web/page.js';
import { homeOf } from '../web/addresses.js';
import { ROUTES } from './desk.routes.js';
import { ErrorPage } from './error.pages.js';

/** Who is refused here works here, and can sign in. */
const STAFF_PAGES = [ROUTES.work, ROUTES.lead, ROUTES.admin, ROUTES.account];

/** A refusal on a page: who is not signed in goes to sign in and comes back; everyone else reads it in plain words. */
export function showError(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const staff = STAFF_PAGES.some((path) => request.url.startsWith(path));
  const actor = (request as StatefulRequest).state?.ctx?.actor;
  const user = actor?.kind === 'staff' ? { name: actor.name, roles: actor.roles } : null;
  if (problem.status === 401 && staff && request.method === 'GET') {
    void reply.redirect(`${ROUTES.signIn}?next=${encodeURIComponent(request.url)}`, 303);
    return;
  }
  // Who is here by a link on a device that we do not know proves who they are, and comes back.
  if (problem.code === 'step-up-required' && request.method === 'GET') {
    void reply.redirect(`${ROUTES.device}?next=${encodeURIComponent(request.url)}`, 303);
    return;
  }
  const byLink = !staff && [ROUTES.circle, ROUTES.mine].some((path) => request.url.startsWith(path));
  const signedOut = problem.status === 401;
  // Roles are of colleagues: to a guest the status says it.
  const inGeneral = signedOut || (byLink && problem.code === 'forbidden');
  // Whom to call is in the database; that they want to be called can be said without.
  const contact = actor?.kind === 'participant' ? { name: '', phone: null, callBackAsked: false } : null;
  const page = (
    <ErrorPage
      frame={{ language: 'nl', csrfToken: contact ? reply.generateCsrf() : '', organisation: '', contact }}
      home={user ? homeOf(user.roles) : byLink && !signedOut ? ROUTES.circle : null}
      status={problem.status}
      message={inGeneral ? null : problemOnPage(problem.code, { ...problem.extra.values, state: problem.extra.state ?? '' })}
      requestId={request.id}
      next={problem.code === 'step-up-required' ? 'device' : byLink && signedOut ? 'link-again' : null}
      audience={staff ? 'staff' : byLink ? 'resident' : 'everyone'}
    />
  );
  void reply.type('text/html; charset=utf-8').send(renderPage(page));
}
