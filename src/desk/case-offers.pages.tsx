import type { VNode } from 'preact';
import type { Contribution, Help, Offers, Passing } from '../plans/offers.dto.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select, TextArea, type Option } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { useTexts } from '../web/frame.js';
import { byWhen, Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

/** Somebody who could use some help, with whom that can be asked of. */
export interface HelpView extends Help {
  /** Who is near, and may know the one who asks. */
  helpers: readonly Option[];
  /** Who may be asked to take it over. */
  takers: readonly Option[];
}

export interface OffersView extends Omit<Offers, 'help'> {
  help: readonly HelpView[];
}

interface Props {
  reference: string;
}

/** Where a case shows what is asked and offered. */
export const OFFERS_AT = 'gevraagd';

/** On the page of a case: who asks another to take something over, who could use help, what people offer. */
export function OffersSection({ reference, passings, help, contributions }: Props & OffersView): VNode | null {
  const t = useTexts().caseOffers;
  if (passings.length + help.length + contributions.length === 0) return null;
  return (
    <Section id={OFFERS_AT} title={t.title}>
      {passings.map((passing) => (
        <PassingTask reference={reference} passing={passing} />
      ))}
      {help.map((one) => (
        <HelpTask reference={reference} help={one} />
      ))}
      {contributions.map((contribution) => (
        <ContributionTask reference={reference} contribution={contribution} />
      ))}
    </Section>
  );
}

function PassingTask({ reference, passing }: Props & { passing: Passing }): VNode {
  const all = useTexts();
  const t = all.caseOffers;
  const { commitmentId, fromName, toName, text, note } = passing;
  return (
    <article class="task">
      <h3 dir="auto">{t.passing(fromName, toName)}</h3>
      <p>
        <bdi>{text}</bdi> <span class="quiet">{byWhen(all, passing)}</span>
      </p>
      {note && <blockquote dir="auto">{note}</blockquote>}
      <p class="quiet" dir="auto">
        {t.passingHint(toName)}
      </p>
      <Form action={address(ROUTES.passingAnswer, { ref: reference, commitmentId })} class="buttons">
        <Button name="yes" value="true" about={all.desk.mine.about(`${toName}: ${text}`)}>
          {t.passingYes}
        </Button>
        <Button kind="secondary" name="yes" value="false" about={all.desk.mine.about(`${toName}: ${text}`)}>
          {t.passingNo}
        </Button>
      </Form>
    </article>
  );
}

function HelpTask({ reference, help }: Props & { help: HelpView }): VNode {
  const all = useTexts();
  const t = all.caseOffers;
  const { commitmentId, memberName, what, text, shared, offers, helpers, takers } = help;
  const parts = { ref: reference, commitmentId };
  const about = all.desk.mine.about(`${memberName}: ${what}`);
  return (
    <article class="task">
      <h3 dir="auto">{t.help(memberName)}</h3>
      <p>
        <bdi>{what}</bdi>
      </p>
      {text && <blockquote dir="auto">{text}</blockquote>}
      <p class="quiet">{shared ? t.shared : t.notShared}</p>
      {offers.map((offer) => (
        <p>
          <bdi>{t.helpOffer(offer.memberName)}</bdi>
          {offer.text && ': '}
          {offer.text && <bdi>{offer.text}</bdi>}
        </p>
      ))}
      {shared && helpers.length > 0 && (
        <Disclosure summary={t.noteHelp} about={about} actions={[address(ROUTES.helpOffer, parts)]}>
          <Form action={address(ROUTES.helpOffer, parts)}>
            <Select name="memberId" label={t.whoHelps} options={helpers} />
            <TextArea name="text" label={t.helpWith} optional rows={2} />
            <Button>{t.note}</Button>
          </Form>
        </Disclosure>
      )}
      {takers.length > 0 && (
        <Disclosure summary={t.askOther} about={about} actions={[address(ROUTES.passingAsk, parts)]}>
          <Form action={address(ROUTES.passingAsk, parts)}>
            <Select name="memberId" label={t.whoTakes} options={takers} />
            <TextArea name="note" label={t.word} hint={t.wordHint} optional rows={2} />
            <Button>{t.ask}</Button>
          </Form>
        </Disclosure>
      )}
    </article>
  );
}

function ContributionTask({ reference, contribution }: Props & { contribution: Contribution }): VNode {
  const all = useTexts();
  const t = all.caseOffers;
  const { id, memberName, text } = contribution;
  const action = address(ROUTES.contributionAnswer, { ref: reference, contributionId: id });
  const about = all.desk.mine.about(text ? `${memberName}: ${text}` : memberName);
  return (
    <article class="task">
      <h3 dir="auto">{t.contribution(memberName)}</h3>
      <p>
        <bdi>{text ?? t.openOffer}</bdi> <span class="quiet">{byWhen(all, contribution)}</span>
      </p>
      <Form action={action}>
        {text ? (
          <Disclosure summary={t.otherWords} about={about} actions={[action]}>
            <TextArea name="text" label={t.words} hint={t.otherWordsHint} optional rows={2} />
          </Disclosure>
        ) : (
          <TextArea name="text" label={t.askWhat} hint={t.otherWordsHint} rows={2} />
        )}
        <div class="buttons">
          <Button name="accept" value="true" about={about}>
            {t.accept}
          </Button>
          <Button kind="secondary" name="accept" value="false" about={about}>
            {t.decline}
          </Button>
        </div>
      </Form>
    </article>
  );
}

/** Something that is asked or offered in one of the reader's cases. */
export interface OfferRow {
  reference: string;
  kind: 'passing' | 'help' | 'contribution';
  /** Who asks or offers. */
  name: string;
  /** Who is asked to take it over. */
  toName: string | null;
  text: string | null;
}

/** The same on the list of the day, each with the way to where it is answered. */
export function WorkOffers({ rows }: { rows: readonly OfferRow[] }): VNode {
  const t = useTexts().caseOffers.work;
  return (
    <>
      {rows.map(({ reference, kind, name, toName, text }) => (
        <div class="task">
          <p>
            <a href={`${address(ROUTES.case, { ref: reference })}#${OFFERS_AT}`}>
              <bdi>{name}</bdi>
            </a>{' '}
            <bdi>{kind === 'passing' ? t.passing(toName!) : t[kind]}</bdi>
            {text && ': '}
            {text && <bdi>{text}</bdi>}
          </p>
        </div>
      ))}
    </>
  );
}
