import type { Language } from '../../kit/language/words.js';

/** Lists that the simulated shops carry. */
export const SAMPLES: Readonly<Record<Language, readonly { name: string; text: string }[]>> = {
  en: [
    { name: 'Breakfast', text: '1 gallon whole milk, 1 dozen large eggs, 2 lb bananas' },
    { name: 'Taco night', text: '1 lb ground beef, 2 avocados, 1 lb cheddar cheese, 2 lb tomatoes, 1 onion' },
    {
      name: 'A week’s basics',
      text: '2 loaves whole wheat bread\n1 gallon whole milk\n3 lb chicken breast\n5 lb potatoes\n2 lb carrots\n1 lb butter',
    },
  ],
  da: [
    { name: 'Morgenmad', text: '4 liter sødmælk, 1 dusin æg, 1 kg bananer' },
    { name: 'Tacoaften', text: '500 g hakket oksekød, 2 avocadoer, 500 g cheddar, 1 kg tomater, 1 løg' },
    {
      name: 'Ugens basisvarer',
      text: '4 liter sødmælk\n1 kg kyllingebryst\n2 kg kartofler\n1 kg gulerødder\n500 g smør',
    },
  ],
};
