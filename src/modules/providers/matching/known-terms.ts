import { listed, once, tableOf } from '../../../vocabulary/tables.js';
import { wordsOf } from '../../../vocabulary/words.js';
import { isCut, isForm, isPlain } from './relations.js';
import { isClaim, rankOf } from './vocabulary.js';

/** Varieties, colours and sizes that labels tell apart and no table of allergens needs. */
const VARIETIES =
  'russet yukon gold gala fuji honeycrisp granny smith navel valencia bartlett anjou bosc hass roma vine heirloom campari red green yellow white black brown orange purple pink golden baby sweet mild medium hot spicy sharp extra aged smooth creamy crunchy chunky thick thin sliced diced chopped minced whole halves crushed stewed seeded seedless boneless skinless lean ribeye sirloin chuck flank sockeye atlantic pacific coho albacore light dark roast jasmine basmati arborio instant quick steel cut angel hair elbow wide low high vanilla strawberry chocolate plain original classic lemon lime honey maple garlic herb bbq ranch barbecue cinnamon raisin blueberry multigrain sourdough rye string shredded grated block crumbled cubed wedge part skim fat free salted unsalted raw roasted toasted dry wet large small jumbo mini family mega double ultra scented english italian french greek mexican thai indian japanese persian kalamata dijon curly flat leaf bulb snow snap sugar wild kidney pinto navy cannellini butter crinkle waffle shoestring tri color cacao cocoa pulp decaf';

/** Words that our tables know the meaning of: asked for and not there, they are a difference; any other was not understood. */
const KNOWN = once(
  () =>
    new Set([
      ...VARIETIES.split(' ').flatMap(wordsOf),
      ...tableOf('implies').flatMap((row) => listed(row.words).flatMap(wordsOf)),
    ]),
);

export const isKnownTerm = (term: string): boolean =>
  rankOf(term) > 0 ||
  term.includes('_') ||
  isPlain(term) ||
  isForm(term) ||
  isCut(term) ||
  isClaim(term) ||
  KNOWN().has(term);
