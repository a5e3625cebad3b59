import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { invalid, notFound, Problem } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { localDay } from '../platform/local-day.js';
import { plusWorkingDays } from '../platform/working-days.js';
import { DRAFT_DAYS, ReferralDraftsService, type KeptDraft } from '../referrals/referral-drafts.service.js';
import { TRIAGE_WORKING_DAYS } from '../referrals/referrals.rules.js';
import {
  answeredWith, CHECK_PATH, emptyDraft, isReachable, MOST_PEOPLE, neighbour, openStep, personFields, sequence, stepAt, stepOfError, valueAt,
  WAYS, withoutDraftPerson, withPerson, type Answers, type Draft, type Pointed, type Step, type Visitor,
} from '../referrals/wizard.rules.js';
import { formBody } from '../web/form-body.js';
import { address, ROUTES, withDone } from './desk.routes.js';
import { CheckPage, ReferPage, ThanksPage, WhichOrganisationPage } from './referring-check.pages.js';
import { PeoplePage } from './referring-people.pages.js';
import { ReferringVisits, type ReferringVisit } from './referring-visits.service.js';
import { StepPage } from './referring.pages.js';
import { cookieFor, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

/** Everyone may refer: those who came in by a link do it as strangers. */
const ANYONE = { roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin', 'main-person', 'member', 'anonymous'] } as const;
const SHAPE = { numbers: ['resident.birthYear'], lists: ['themes'] };
const DAY_SECONDS = 24 * 60 * 60;

type Asked = Record<string, string | undefined>;

/** `/aanmelden`: one question per page, kept as it goes, sent at the end. */
@ApiExcludeController()
@Controller()
export class ReferringPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly referring: ReferringVisits,
    private readonly drafts: ReferralDraftsService,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get(ROUTES.refer)
  @Access(ANYONE)
  async start(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() query: Asked): Promise<void> {
    await this.visits.show(request, reply, await this.startPage(request, query.organisatie ?? null, query.weg !== undefined));
  }

  /** The first answer makes the draft: a GET keeps nothing. */
  @Post(ROUTES.refer)
  @Access(ANYONE)
  async begin(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const slug = textOf(fields, 'organisation') || null;
    const page = await this.startPage(request, slug, false, true);
    let to: string = ROUTES.refer;
    await this.visits.act(request, reply, { to: () => to, page }, async () => {
      const way = WAYS.find((one) => one === fields.way);
      if (!way) throw invalid([{ pointer: '/way', code: 'choose-one' }]);
      const before = await this.referring.visit(request);
      if (before) await this.drafts.discard(before.ctx, before.token);
      const visit = await this.referring.newVisit(request, slug);
      const draft: Draft = { ...emptyDraft(), answers: { way }, answered: ['way'] };
      this.keepCookie(reply, await this.drafts.begin(visit.ctx, draft));
      to = this.pathOf(openStep(draft, visit.by));
    });
  }

  @Post(ROUTES.referAgain)
  @Access(ANYONE)
  async again(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.referring.visit(request);
    if (visit) await this.drafts.discard(visit.ctx, visit.token);
    reply.clearCookie(this.referring.cookie, { path: '/' });
    void reply.redirect(ROUTES.refer, 303);
  }

  @Get(ROUTES.referCheck)
  @Access(ANYONE)
  async check(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.found(request, reply);
    if (!found) return;
    const { visit, kept } = found;
    const open = openStep(kept.draft, visit.by, await this.drafts.wrongSteps(kept.draft, visit.by));
    if (open) return void reply.redirect(this.pathOf(open), 303);
    await this.visits.show(request, reply, this.checkPage(visit, kept.draft));
  }

  /** Sends it. A second tap gives what the first one gave. */
  @Post(ROUTES.referCheck)
  @Access(ANYONE)
  async send(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.referring.find(request);
    let to: string = `${ROUTES.refer}?weg`;
    const page: Page = (frame) => this.checkPage(found!.visit, found!.kept.draft)(frame);
    await this.visits.act(request, reply, { to: () => to, page }, async () => {
      if (!found) return;
      const sent = await this.drafts.send(found.visit.ctx, found.visit.token);
      if (!sent) return;
      to = found.visit.by === 'staff' ? withDone(address(ROUTES.ownReferral, { referralId: sent.referralId }), 'referred') : ROUTES.referThanks;
    });
  }

  @Get(ROUTES.referThanks)
  @Access(ANYONE)
  async thanks(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.referring.find(request);
    if (!found?.kept.sent) return void reply.redirect(ROUTES.refer, 303);
    const { kept: { sent, touchedAt }, visit } = found;
    const triageBy = plusWorkingDays(localDay(touchedAt), TRIAGE_WORKING_DAYS);
    const { phone } = await this.referring.now(visit);
    await this.visits.show(request, reply, (frame) => <ThanksPage frame={frame} sent={sent} triageBy={triageBy} phone={phone} />);
  }

  @Get(ROUTES.referStep)
  @Access(ANYONE)
  async question(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('step') path: string, @Query() query: Asked): Promise<void> {
    const step = stepOr404(path);
    const found = await this.found(request, reply);
    if (!found) return;
    const { visit, kept } = found;
    if (!isReachable(step, kept.draft, visit.by)) return void reply.redirect(this.pathOf(openStep(kept.draft, visit.by)), 303);
    await this.visits.show(request, reply, this.stepPage(visit, kept, step, query));
  }

  /** Keeps the answer and goes on; what does not fit comes back as it was typed. */
  @Post(ROUTES.referStep)
  @Access(ANYONE)
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('step') path: string, @Body() fields: Fields): Promise<void> {
    const step = stepOr404(path);
    const found = await this.found(request, reply);
    if (!found) return;
    const { visit, kept } = found;
    if (!isReachable(step, kept.draft, visit.by)) return void reply.redirect(this.pathOf(openStep(kept.draft, visit.by)), 303);
    const query = { terug: textOf(fields, 'terug') || undefined, wie: textOf(fields, 'wie') || undefined };
    let to = '';
    await this.visits.act(request, reply, { to: () => to, page: this.stepPage(visit, kept, step, query) }, async () => {
      const draft = await this.drafts.change(visit.ctx, visit.token, (before) => this.changed(before, visit.by, step, fields));
      to = draft ? await this.after(draft, visit.by, step, fields) : `${ROUTES.refer}?weg`;
      if (visit.token) this.keepCookie(reply, visit.token);
    });
  }

  @Post(ROUTES.referRemove)
  @Access(ANYONE)
  async remove(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('step') path: string, @Body() fields: Fields): Promise<void> {
    const { people } = stepOr404(path);
    if (!people) throw notFound();
    const found = await this.found(request, reply);
    if (!found) return;
    const person = Number(textOf(fields, 'person'));
    await this.drafts.change(found.visit.ctx, found.visit.token, (draft) => withoutDraftPerson(draft, people, person));
    void reply.redirect(withBack(address(ROUTES.referStep, { step: path }), textOf(fields, 'terug')), 303);
  }

  /** The draft with this answer in it; refused where the call itself would refuse it. */
  private async changed(before: Draft, by: Visitor, step: Step, fields: Fields): Promise<Draft> {
    if (!step.people) {
      const draft = answeredWith(before, step, formBody(fields, SHAPE) as Answers);
      const errors = (await this.drafts.errors(draft, by)).filter(({ pointer }) => stepOfError(pointer, draft, by).key === step.key);
      if (errors.length > 0) throw invalid(errors);
      return draft;
    }
    const posted = formBody(fields) as Answers;
    const goesOn = fields.then === 'next';
    const typed = personFields(step.people, before.answers).some((name) => valueAt(posted, name) !== undefined);
    const id = Number(posted.wie) || null;
    if (typed && !id && before[step.people].length >= MOST_PEOPLE[step.people]) throw invalid([{ pointer: '/name', code: 'too-many' }]);
    const withNew = typed || !goesOn ? withPerson(before, step.people, posted, id) : before;
    const at = withNew === before ? -1 : id ? withNew[step.people].findIndex((person) => person.id === id) : withNew[step.people].length - 1;
    const errors = (await this.personErrors(withNew, by, step)).filter(({ pointer }) => goesOn || isOf(pointer, step, at));
    if (errors.length > 0) throw invalid(errors.map(({ pointer, code }) => ({ pointer: isOf(pointer, step, at) ? pointer.replace(/^\/\w+\/\d+/, '') : pointer, code })));
    return goesOn ? answeredWith(withNew, step, {}) : withNew;
  }

  private async personErrors(draft: Draft, by: Visitor, step: Step): Promise<Pointed[]> {
    return (await this.drafts.errors(draft, by)).filter(({ pointer }) => pointer.startsWith(`/${step.people}/`));
  }

  private async after(draft: Draft, by: Visitor, step: Step, fields: Fields): Promise<string> {
    const back = textOf(fields, 'terug');
    if (step.people && fields.then !== 'next') return withBack(this.pathOf(step), back);
    if (back !== CHECK_PATH && !step.aside) return this.pathOf(neighbour(draft, by, step.key, 1) ?? null);
    return this.pathOf(openStep(draft, by, await this.drafts.wrongSteps(draft, by)));
  }

  private pathOf(step: Step | null): string {
    return step ? address(ROUTES.referStep, { step: step.path }) : ROUTES.referCheck;
  }

  /** The draft that is being filled in; without one it leads to the beginning, which says so. */
  private async found(request: StatefulRequest, reply: FastifyReply): Promise<{ visit: ReferringVisit; kept: KeptDraft } | null> {
    const found = await this.referring.find(request);
    if (found && !found.kept.sent) return found;
    void reply.redirect(found ? ROUTES.referThanks : `${ROUTES.refer}?weg`, 303);
    return null;
  }

  private async startPage(request: StatefulRequest, slug: string | null, gone: boolean, anew = false): Promise<Page> {
    const found = anew ? null : await this.referring.find(request);
    const open = found && !found.kept.sent ? found : null;
    const known = open !== null || (await this.referring.newVisit(request, slug).then(() => true, isProblem));
    const goOn = open && this.pathOf(openStep(open.kept.draft, open.visit.by));
    return (frame) =>
      known ? (
        <ReferPage
          frame={frame}
          begun={open && { keptUntil: open.kept.keptUntil, goOn: goOn! }}
          gone={gone && !open}
          organisation={slug}
          signedIn={frame.user !== null}
        />
      ) : (
        <WhichOrganisationPage frame={frame} />
      );
  }

  private checkPage({ by }: ReferringVisit, draft: Draft): (frame: Parameters<Page>[0]) => ReturnType<typeof CheckPage> {
    const last = sequence(draft, by).at(-1)!;
    return (frame) => <CheckPage frame={frame} by={by} draft={draft} back={this.pathOf(last)} />;
  }

  private stepPage(visit: ReferringVisit, { draft, keptUntil }: KeptDraft, step: Step, query: Asked): Page {
    const fromCheck = query.terug === CHECK_PATH;
    const before = neighbour(draft, visit.by, step.key, -1);
    const back = fromCheck || step.aside ? ROUTES.referCheck : before ? this.pathOf(before) : ROUTES.refer;
    return async (frame) => {
      const common = { frame, by: visit.by, draft, step, keptUntil, back, fromCheck };
      if (step.people) {
        const changing = draft[step.people].find(({ id }) => id === Number(query.wie)) ?? null;
        return <PeoplePage {...common} list={step.people} changing={changing} />;
      }
      return <StepPage {...common} now={step.key === 'now' ? await this.referring.now(visit) : { onDuty: false, phone: null }} />;
    };
  }

  private keepCookie(reply: FastifyReply, token: string): void {
    reply.setCookie(this.referring.cookie, token, cookieFor(this.publicUrl, DRAFT_DAYS * DAY_SECONDS));
  }
}

const isOf = (pointer: string, { people }: Step, at: number): boolean => pointer === `/${people}/${at}` || pointer.startsWith(`/${people}/${at}/`);

const withBack = (path: string, back: string): string => (back === CHECK_PATH ? `${path}?terug=${CHECK_PATH}` : path);

function stepOr404(path: string): Step {
  const step = stepAt(path);
  if (!step) throw notFound();
  return step;
}

/** Refused for a reason that the page can say. */
const isProblem = (error: unknown): false => {
  if (error instanceof Problem) return false;
  throw error;
};
