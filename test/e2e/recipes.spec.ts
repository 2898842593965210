import { startApp, type TestApp } from '../support/app.js';

describe('the recipes that plans are made of', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(async () => {
    await test?.close();
  });

  it('are listed page by page, each once', async () => {
    const ids: string[] = [];
    for (let cursor: string | null = null, pages = 0; pages < 10; pages++) {
      const { body } = await test.api.get(`/v1/recipes?limit=100${cursor === null ? '' : `&cursor=${cursor}`}`);
      ids.push(...body.data.map(({ recipeId }: { recipeId: string }) => recipeId));
      cursor = body.nextCursor;
      if (cursor === null) break;
    }
    expect(ids).toHaveLength(314);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort());
  });

  it('are found by words, meal and diet, and a diet nobody knows is refused', async () => {
    const found = async (query: string) =>
      (await test.api.get(`/v1/recipes?limit=100&${query}`)).body.data.map(({ title }: { title: string }) => title);
    expect(await found('q=lentil%20soup')).toEqual(['Lentil Soup']);
    expect(await found('meal=breakfast&diet=vegan&q=oats')).not.toContain('Apple Overnight Oats');
    expect((await found('diet=plant-based&q=chickpeas')).length).toBeGreaterThan(3);
    const { status, body } = await test.api.get('/v1/recipes?diet=vegann');
    expect([status, body.code]).toEqual([400, 'request_invalid']);
  });

  it('are read for so many servings, as JSON, Markdown and HTML', async () => {
    const { body: recipe, headers } = await test.api.get('/v1/recipes/minestrone?servings=3');
    const carrot = recipe.ingredients.find(({ food }: { food: string }) => food === 'carrot');
    expect(carrot).toEqual({ food: 'carrot', grams: 120, text: '2 medium carrots, 120 g' });
    const kept = await test.api.get('/v1/recipes/minestrone?servings=3', { 'if-none-match': headers.etag! });
    expect(kept.status).toBe(304);
    const as = async (accept: string) => (await test.api.get('/v1/recipes/minestrone?servings=3', { accept })).body;
    expect(await as('text/markdown')).toContain('- 2 medium carrots, 120 g');
    expect(await as('text/html')).toContain('<li>2 medium carrots, 120 g</li>');
    expect((await test.api.get('/v1/recipes/no-such-dish')).body.code).toBe('recipe_not_found');
  });
});
