import { measureOf, scaleGrams } from './measures.js';

const carrot = { food: 'carrot', measure: '1/2 medium carrot', gramsPerServing: 30.5 };

describe('household measures of a weight', () => {
  it.each([
    [carrot, 92, '1½ medium carrots'],
    [carrot, 30.5, '½ medium carrot'],
    [{ food: 'red bell pepper', measure: '3/4 medium pepper', gramsPerServing: 90 }, 240, '2 medium red bell peppers'],
    [{ food: 'egg', measure: '2 large', gramsPerServing: 100 }, 50, '1 large egg'],
    // Nobody cracks three quarters of an egg.
    [{ food: 'egg', measure: '2 large', gramsPerServing: 100 }, 88, 'about 2 large eggs'],
    [{ food: 'egg', measure: '2 large', gramsPerServing: 100 }, 76, '1½ large eggs'],
    [{ food: 'garlic', measure: '1 large clove (1 1/2 tsp minced)', gramsPerServing: 4 }, 12, '3 large cloves garlic'],
    [
      { food: 'canned chickpeas', measure: 'scant 1/2 can, drained', gramsPerServing: 110 },
      220,
      '1 can chickpeas, drained',
    ],
    [
      { food: 'flour tortillas', measure: '1 tortilla (10-inch)', gramsPerServing: 72 },
      144,
      '2 flour tortillas (10-inch)',
    ],
    [{ food: 'cherry tomato', measure: '3 to 4 cherry tomatoes', gramsPerServing: 60 }, 120, '7 cherry tomatoes'],
    [
      { food: 'chicken thigh', measure: '4/5 boneless, skinless thigh', gramsPerServing: 110 },
      275,
      '2 boneless, skinless chicken thighs',
    ],
    // Spoons become cups, and ounces pounds.
    [{ food: 'olive oil', measure: '2 tsp', gramsPerServing: 9 }, 27, '2 tbsp olive oil'],
    [{ food: 'white rice', measure: '5 tbsp dry (scant 1/3 cup)', gramsPerServing: 55 }, 132, '¾ cup white rice, dry'],
    [{ food: 'ground beef', measure: '3 1/3 oz raw', gramsPerServing: 95 }, 570, '1¼ lb ground beef, raw'],
    [{ food: 'saffron', measure: '1/20 tsp', gramsPerServing: 0.03 }, 0.03, 'a pinch of saffron'],
    // What spoons do not have is said.
    [{ food: 'milk', measure: '1 cup', gramsPerServing: 240 }, 220, 'scant 1 cup milk'],
    [{ food: 'pear', measure: '1 small pear', gramsPerServing: 150 }, 125, 'about ¾ small pear'],
    // What shops sell and kitchens have, whatever the recipe was written with.
    [{ food: 'banana', measure: '1 extra-small banana', gramsPerServing: 80 }, 413, '3½ medium bananas'],
    [{ food: 'apple', measure: '1 small apple', gramsPerServing: 150 }, 182, '1 medium apple'],
    [{ food: 'salt', measure: '2 1/2 dashes (1/6 tsp)', gramsPerServing: 1 }, 1.5, '¼ tsp salt'],
    [{ food: 'salt', measure: '1 dash', gramsPerServing: 0.3 }, 0.3, 'a pinch of salt'],
    [
      { food: 'nonfat greek yogurt', measure: '1 1/3 containers (170 g size)', gramsPerServing: 220 },
      490,
      '2 cups nonfat greek yogurt',
    ],
    [{ food: 'firm tofu', measure: '1/4 block', gramsPerServing: 80 }, 227, '8 oz firm tofu'],
  ])('%j, %d g is %s', (ingredient, grams, said) => {
    expect(measureOf(ingredient, grams)).toBe(said);
  });

  it('are none for what cannot be read', () => {
    expect(measureOf({ food: 'salt', measure: 'to taste', gramsPerServing: 1 }, 2)).toBeNull();
  });

  it.each([
    [91.6, 92],
    [4.3, 4.5],
    [0.02, 0.1],
  ])('weigh %d g on a scale that shows %d', (grams, shown) => {
    expect(scaleGrams(grams)).toBe(shown);
  });
});
