import { CreatePlan } from '../../planning/planning.dto.js';
import { homePage } from './home-page.js';

const page = (keyless: boolean) =>
  homePage([], { keyless, origin: 'http://shop.example', cart: '{"items":[]}' })
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'");

describe('the page to begin with', () => {
  it('names plans and recipes beside routes', () => {
    for (const path of ['/v1/routes', '/v1/plans', '/v1/recipes']) expect(page(true)).toContain(path);
  });

  it('shows a plan that is accepted as it stands', () => {
    const body = /v1\/plans [\s\S]*? -d '(\{.+\})'/.exec(page(true))![1]!;
    expect(CreatePlan.parse(JSON.parse(body))).toMatchObject({ days: 3 });
  });

  it('sends a key where one is asked for', () => {
    expect(page(false).match(/LOOPGPT_KEY/g)).toHaveLength(2);
    expect(page(true)).not.toContain('LOOPGPT_KEY');
  });
});
