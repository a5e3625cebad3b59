import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { shownName } from '../circle/members.service.js';
import { AgreementsService } from '../plans/agreements.service.js';
import { emptyPlanPdf, planPdf } from '../plans/plan-pdf.pages.js';
import type { PlanSheet } from '../plans/plan-paper.rules.js';
import { PlanPapersService, type PlanOnPaper } from '../plans/plan-papers.service.js';
import { AgreementRequest } from '../plans/plans.dto.js';
import type { Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Access, UUID, type StatefulRequest } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import { MESSAGE_LANGUAGES, type MessageLanguage } from '../texts/message-languages.js';
import { textsFor } from '../texts/texts.js';
import { CasePagesService } from './case-pages.service.js';
import { address, ROUTES } from './desk.routes.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { CasePaperPage, OwnPaperPage } from './plan-paper.pages.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const MAIN_PERSON = { roles: ['main-person'], knownDevice: true } as const;
const MEMBER = { roles: ['member'], knownDevice: true } as const;
const FACILITATOR = { roles: ['facilitator'] } as const;

/** Where the plan stands for whom. */
const OF = {
  mine: { page: ROUTES.minePlan, pdf: ROUTES.minePlanPdf, back: ROUTES.mine, agree: ROUTES.mineAgreement },
  circle: { page: ROUTES.circlePlan, pdf: ROUTES.circlePlanPdf, back: ROUTES.circle, agree: ROUTES.circleAgreement },
} as const;

/** Which plan: the newest unless said otherwise. For the facilitator also for whom, and in which language. */
interface Asked {
  versie?: string;
  voor?: string;
  taal?: string;
}

/** A plan to read, to listen to and to print: for each reader what they may read. */
@ApiExcludeController()
@Controller()
export class PlanPaperPagesController {
  /** The empty form in each language: it is the same for everyone. */
  private readonly forms = new Map<MessageLanguage, Promise<Buffer>>();

  constructor(
    private readonly visits: VisitsService,
    private readonly papers: PlanPapersService,
    private readonly cases: CasePagesService,
    private readonly participants: ParticipantPagesService,
    private readonly agreements: AgreementsService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get(ROUTES.minePlan)
  @Access(MAIN_PERSON)
  minePlan(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() asked: Asked): Promise<void> {
    return this.visits.show(request, reply, this.plan(request, asked, OF.mine));
  }

  @Get(ROUTES.circlePlan)
  @Access(MEMBER)
  circlePlan(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() asked: Asked): Promise<void> {
    return this.visits.show(request, reply, this.plan(request, asked, OF.circle));
  }

  /** Who is of the circle and has to stand behind the plan too. */
  @Post(ROUTES.circleAgreement)
  @Access(MEMBER)
  agree(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { planId: _, ...answer } = fields;
    return this.visits.act(request, reply, { to: ROUTES.circlePlan, done: 'agreement', page: this.plan(request, {}, OF.circle) }, async () => {
      const body = await this.visits.body(AgreementRequest, answer, { flags: ['agrees'] });
      await this.agreements.answer(contextOf(request), textOf(fields, 'planId'), body);
    });
  }

  @Get(ROUTES.minePlanPdf)
  @Access(MAIN_PERSON)
  minePlanPdf(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() asked: Asked): Promise<void> {
    return this.planFile(contextOf(request), reply, asked);
  }

  @Get(ROUTES.circlePlanPdf)
  @Access(MEMBER)
  circlePlanPdf(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() asked: Asked): Promise<void> {
    return this.planFile(contextOf(request), reply, asked);
  }

  @Get(ROUTES.mineSheet)
  @Access({ roles: ['main-person'] })
  mineSheet(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sheet(request, reply, { pdf: ROUTES.mineSheetPdf, back: ROUTES.mine });
  }

  @Get(ROUTES.circleSheet)
  @Access({ roles: ['member'] })
  circleSheet(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sheet(request, reply, { pdf: ROUTES.circleSheetPdf, back: ROUTES.circle });
  }

  @Get(ROUTES.mineSheetPdf)
  @Access({ roles: ['main-person'] })
  mineSheetPdf(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sheetFile(contextOf(request), reply);
  }

  @Get(ROUTES.circleSheetPdf)
  @Access({ roles: ['member'] })
  circleSheetPdf(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sheetFile(contextOf(request), reply);
  }

  @Get(ROUTES.casePlanPaper)
  @Access(FACILITATOR)
  async casePlan(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('ref') ref: string, @Query() asked: Asked): Promise<void> {
    const ctx = contextOf(request);
    const caseId = await this.cases.idOf(ctx, ref);
    const paper = await this.paper(ctx, caseId, asked);
    const readers = await this.papers.readers(ctx, caseId);
    const versions = await this.papers.versions(ctx, caseId);
    const here = address(ROUTES.casePlanPaper, { ref });
    const t = textsFor('nl').paperPages.work;
    await this.visits.show(request, reply, (frame) => (
      <CasePaperPage
        frame={frame}
        reference={ref}
        sheet={paper?.sheet ?? null}
        pdf={withQuery(address(ROUTES.casePlanPaperPdf, { ref }), asked)}
        back={address(ROUTES.case, { ref })}
        form={withQuery(ROUTES.planForm, { taal: asked.taal })}
        readers={[
          { label: t.file, href: withQuery(here, { ...asked, voor: undefined }), shown: !asked.voor },
          ...readers.map((person) => ({ label: shownName(person), href: withQuery(here, { ...asked, voor: person.id }), shown: asked.voor === person.id })),
        ]}
        languages={MESSAGE_LANGUAGES.map((language) => ({
          label: t.languages[language],
          href: withQuery(here, { ...asked, taal: language }),
          shown: paper?.sheet.language === language,
        }))}
        versions={versions.map(({ version, fixedAt }) => ({
          version,
          fixedAt,
          href: withQuery(here, { ...asked, versie: String(version) }),
          shown: paper?.version === version,
        }))}
      />
    ));
  }

  @Get(ROUTES.casePlanPaperPdf)
  @Access(FACILITATOR)
  async casePlanPdf(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('ref') ref: string, @Query() asked: Asked): Promise<void> {
    const ctx = contextOf(request);
    const paper = await this.paper(ctx, await this.cases.idOf(ctx, ref), asked);
    await this.file(reply, paper, `plan-${ref}`);
  }

  /** The empty form, for who writes by hand. */
  @Get(ROUTES.planForm)
  @Access({ roles: ['anonymous'] })
  async form(@Res() reply: FastifyReply, @Query('taal') language?: string): Promise<void> {
    const spoken = languageOf(language) ?? 'nl';
    if (!this.forms.has(spoken)) this.forms.set(spoken, emptyPlanPdf(spoken, this.clock.now()));
    send(reply, await this.forms.get(spoken)!, 'plan');
  }

  private plan(request: StatefulRequest, { versie }: Asked, { page, pdf, back, agree }: (typeof OF)[keyof typeof OF]): Page {
    const ctx = contextOf(request);
    const { caseId, memberId } = participant(ctx);
    return async (frame) => {
      const contact = await this.participants.contactOf(ctx);
      const paper = await this.paper(ctx, caseId, { versie });
      const versions = paper ? await this.papers.versions(ctx, caseId) : [];
      const own = paper && (await this.database.view(ctx, (tx) => this.agreements.own(tx, caseId, memberId)));
      return (
        <OwnPaperPage
          frame={{ ...frame, contact }}
          title={textsFor(frame.language).paperPages.mine.title}
          sheet={paper?.sheet ?? null}
          pdf={withQuery(pdf, { versie })}
          back={back}
          versions={versions.map(({ version, fixedAt }) => ({ version, fixedAt, href: withQuery(page, { versie: String(version) }), shown: paper?.version === version }))}
          agreement={own?.version === paper?.version ? own && { ...own, action: agree } : null}
        />
      );
    };
  }

  private async sheet(request: StatefulRequest, reply: FastifyReply, { pdf, back }: { pdf: string; back: string }): Promise<void> {
    const { sheet } = await this.papers.own(contextOf(request));
    const contact = await this.participants.contactOf(contextOf(request));
    await this.visits.show(request, reply, (frame) => <OwnPaperPage frame={{ ...frame, contact }} title={textsFor(frame.language).paperPages.mine.sheetTitle} sheet={sheet} pdf={pdf} back={back} versions={[]} />);
  }

  private async planFile(ctx: Ctx, reply: FastifyReply, { versie }: Asked): Promise<void> {
    const paper = await this.paper(ctx, participant(ctx).caseId, { versie });
    await this.file(reply, paper, 'plan');
  }

  private async sheetFile(ctx: Ctx, reply: FastifyReply): Promise<void> {
    const { sheet, madeAt } = await this.papers.own(ctx);
    await this.file(reply, { sheet, fixedAt: madeAt }, 'mijn-blad');
  }

  private async file(reply: FastifyReply, paper: { sheet: PlanSheet; fixedAt: Date } | null, name: string): Promise<void> {
    if (!paper) throw notFound();
    send(reply, await planPdf(paper.sheet, paper.fixedAt), name);
  }

  /** Null when the newest is asked for and there is none. */
  private async paper(ctx: Ctx, caseId: string, { versie, voor, taal }: Asked): Promise<PlanOnPaper | null> {
    if (versie !== undefined && !/^\d{1,4}$/.test(versie)) throw notFound();
    if (voor !== undefined && !UUID.test(voor)) throw notFound();
    const planId = await this.papers.idOf(ctx, caseId, versie === undefined ? null : Number(versie));
    return planId === null ? null : this.papers.read(ctx, planId, { readerId: voor, language: languageOf(taal) });
  }
}

/** A language of which we have the words. */
const languageOf = (asked: string | undefined): MessageLanguage | undefined => MESSAGE_LANGUAGES.find((language) => language === asked);

function withQuery(path: string, query: Readonly<Record<string, string | undefined>> | Asked): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return given.length > 0 ? `${path}?${new URLSearchParams(given).toString()}` : path;
}

/** A file that no one keeps on the way. */
function send(reply: FastifyReply, content: Buffer, name: string): void {
  void reply
    .header('Cache-Control', 'no-store')
    .header('Content-Disposition', `attachment; filename="${name.replace(/[^\w-]/g, '')}.pdf"`)
    .type('application/pdf')
    .send(content);
}
