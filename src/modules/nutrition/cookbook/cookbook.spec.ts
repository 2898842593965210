import { CookbookService } from './cookbook.service.js';

describe('the list of recipes', () => {
  const cookbook = new CookbookService();

  it('goes on after the cursor of a page, and refuses one that no page gave', () => {
    const first = cookbook.list({ limit: 2 });
    const second = cookbook.list({ limit: 2, cursor: first.nextCursor! });
    expect(second.data[0]!.recipeId > first.data[1]!.recipeId).toBe(true);
    expect(() => cookbook.list({ limit: 2, cursor: 'no-such-recipe' })).toThrow(
      expect.objectContaining({
        code: 'request_invalid',
        extra: { errors: [expect.objectContaining({ pointer: '/cursor' })] },
      }),
    );
  });
});
