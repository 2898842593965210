import { Phrases } from '../../../vocabulary/phrases.js';
import { listed, once } from '../../../vocabulary/tables.js';
import { wordsOf } from '../../../vocabulary/words.js';

/** Brands that lists name instead of the goods, and the goods. Without goods the brand makes many, and the line names which. */
const BRANDS =
  'oreo=sandwich cookies chocolate|cheerios=toasted oat cereal|chips ahoy=chocolate chip cookies|ritz=crackers|doritos=tortilla chips|tostitos=tortilla chips|frito lay=potato chips|pringles=potato chips|ruffles=potato chips|' +
  'jif=peanut butter|skippy=peanut butter|philadelphia=cream cheese|philly=cream cheese|prego=pasta sauce|ragu=pasta sauce|raos=pasta sauce|nature valley=granola bars|eggo=frozen waffles|digiorno=frozen pizza|ball park=hot dogs|' +
  'chobani=greek yogurt|fage=greek yogurt|yoplait=yogurt|dannon=yogurt|tropicana=orange juice|folgers=coffee ground|maxwell house=coffee ground|lipton=tea bags|dasani=bottled water|poland spring=bottled water|aquafina=bottled water|' +
  'la croix=sparkling water|lacroix=sparkling water|perrier=sparkling water|pepsi=cola|sprite=lemon lime soda|gatorade=sports drink|powerade=sports drink|tide=laundry detergent|persil=laundry detergent|dawn=dish soap|cascade=dishwasher pods|' +
  'charmin=toilet paper|cottonelle=toilet paper|angel soft=toilet paper|bounty=paper towels|brawny=paper towels|kleenex=facial tissues|ziploc=zip|ziplocs=zip sandwich|hefty=trash bags|reynolds=aluminum foil|lysol=all purpose cleaner|' +
  'dr pepper=cola|mr pibb=cola|orange crush=orange soda|fanta=orange soda|mountain dew=lemon lime soda|mtn dew=lemon lime soda|7up=lemon lime soda|7 up=lemon lime soda|canada dry=ginger ale|schweppes=ginger ale|mug root beer=root beer|a and w=root beer|red bull=energy drink|minute maid=orange juice|sunny d=orange drink|capri sun=juice drink|' +
  'jelly belly=jelly bean candy|swedish fish=gummy candy|sour patch=gummy candy|milky way=chocolate candy bar|milk duds=chocolate caramel candy|butterfinger=peanut butter candy bar|goldfish=cheddar crackers|wheat thins=wheat crackers|nutter butter=peanut butter cookies|fig newtons=fig cookies|cracker jack=caramel popcorn|' +
  'honey bunches of oats=cereal|grape nuts=cereal|apple jacks=cereal|corn pops=cereal|cocoa puffs=chocolate cereal|cocoa pebbles=chocolate cereal|fruity pebbles=cereal|froot loops=cereal|lucky charms=cereal|cream of wheat=wheat hot cereal|hot pockets=frozen sandwich|chicken of the sea=tuna canned|bumble bee=tuna canned|egg beaters=liquid egg|milk bone=dog biscuits|' +
  'purina=dog food dry|friskies=cat food canned|tabasco=hot sauce|hellmanns=mayonnaise|land o lakes=|kraft=|heinz=|hunts=|barilla=|campbells=|del monte=|smuckers=|quaker=|tyson=|perdue=|oscar mayer=|kelloggs=|general mills=|birds eye=|green giant=|dole=|chiquita=|sara lee=|pepperidge farm=|horizon=|silk=|bushs=|goya=|swanson=|progresso=|mccormick=';

export const brands = once(
  () =>
    new Phrases(
      listed(BRANDS).map((entry) => {
        const [brand = '', goods = ''] = entry.split('=');
        return [wordsOf(brand), wordsOf(goods)] as const;
      }),
    ),
);
