import request, { type Response, type Test } from 'supertest';
import type { TestApp } from './app.js';
import type { StoryCase } from './stories.js';

/** Someone at a browser without script: keeps cookies, follows redirects, sends the forms that stand on the page. */
export interface Visitor {
  /** The page that is shown now. */
  readonly page: Response;
  readonly url: string;
  open(path: string): Promise<Response>;
  /** Sends the form with this address from the page that is shown; gives what was answered, redirects followed. */
  send(action: string, fields?: Record<string, string>): Promise<Response>;
  /** A form from nowhere: without the page's token. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Test;
}

export function aVisitor({ server }: Pick<TestApp, 'server'>): Visitor {
  const agent = request.agent(server);
  let page: Response;
  let url = '';
  const follow = async (answer: Response): Promise<Response> => {
    if (answer.status === 303) return open(answer.headers.location!);
    page = answer;
    return page;
  };
  const open = async (path: string): Promise<Response> => {
    url = path;
    return follow(await agent.get(path).set('Accept', 'text/html'));
  };
  return {
    get page() {
      return page;
    },
    get url() {
      return url;
    },
    open,
    async send(action, fields = {}) {
      const form = formOf(page.text, action);
      return follow(await agent.post(action).type('form').send({ ...form, ...fields }));
    },
    post: (path, fields, headers = {}) => agent.post(path).set(headers).type('form').send(fields),
  };
}

/** Somebody of a case on the device on which the facilitator showed the link; the resident when nobody is named. */
export async function visitorAtTheTable(test: TestApp, story: StoryCase, memberId = story.resident.id): Promise<Visitor> {
  const link = await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201);
  const path = new URL((link.body as { url: string }).url).pathname;
  const visitor = aVisitor(test);
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

/** The hidden fields of a form on a page. */
function formOf(html: string, action: string): Record<string, string> {
  const form = html.split('<form ').find((part) => part.includes(`action="${action.replaceAll('&', '&amp;')}"`));
  if (!form) throw new Error(`No form for ${action} on the page`);
  const inputs = form.split('</form>')[0]!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map((match) => [match[1]!, match[2]!]));
}
