import { libraryIn } from '../../nutrition/library.js';
import { wordsOf, wordsQuestion, type NamedMeal } from './meal-words.js';

const library = libraryIn('DKK');
const meal: NamedMeal = {
  date: '2026-03-27',
  slot: 'dinner',
  title: 'Chicken and rice',
  cuisine: 'danish',
  foods: ['chicken breast', 'rice, white', 'butter'],
};
const shown = (name: string, text: string) => wordsOf({ meals: [{ meal: 0, name, text }] }, [meal], library);

describe('what a model calls meals', () => {
  it.each([
    ['Golden chicken for a quiet evening', 'Butter and patience make it shine.'],
    ['Kylling på den hyggelige måde', 'En ret, der samler alle om bordet.'],
    ['A bowl of comfort', ''],
  ])('is shown where it says no more than it may: %s', (name, text) => {
    expect(shown(name, text)).toEqual([{ date: meal.date, slot: meal.slot, name, text }]);
  });

  it.each([
    ['an amount', 'Chicken', 'Use 200 g of it.'],
    ['a measure in words', 'Chicken', 'Two cups are enough.'],
    ['a time', 'Chicken', 'Ready in ten minutes.'],
    ['a food that is not in it', 'Chicken with salmon', 'Good.'],
    ['a food that is not in it, in Danish', 'Kylling med laks', 'God.'],
    ['a food within a compound', 'Kylling', 'Med laksefilet.'],
    ['an allergen that is said to be left out', 'Chicken', 'Gluten-free and good.'],
    ['a diet', 'Vegan dream', 'Good.'],
    ['health', 'Chicken', 'A healthy choice.'],
    ['an address', 'Chicken', 'See https://evil.example.'],
    ['markup', '<b>Chicken</b>', 'Good.'],
    ['too long a name', 'A'.repeat(61), 'Good.'],
    ['no name', ' ', 'Good.'],
  ])('is left out with %s', (_what, name, text) => {
    expect(shown(name, text)).toEqual([]);
  });

  it('is of meals that were asked about alone', () => {
    expect(wordsOf({ meals: [{ meal: 7, name: 'Chicken', text: '' }] }, [meal], library)).toEqual([]);
  });

  it('is asked for by titles and foods of the library, in the language of the caller', () => {
    const { data, maxTokens } = wordsQuestion([meal], 'da');
    const { title, cuisine, foods } = meal;
    expect(data).toEqual({ language: 'Danish', meals: [{ meal: 0, title, cuisine, foods }] });
    expect(maxTokens).toBeLessThan(400);
  });
});
