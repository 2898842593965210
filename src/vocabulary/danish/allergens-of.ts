/** Allergens (the fourteen of EU law) that a Danish product name tells of. A name that tells of none is not free of any. Pure. */
export interface NamedAllergens {
  certain: readonly string[];
  /** By usual recipe: to warn, never to clear. */
  likely: readonly string[];
  /** Only what the name itself says, e.g. "glutenfri". */
  freeOf: readonly string[];
}

/** Plants and others whose names end as those of milk do. */
const NO_MILK = '(?<!kokos|mandel|soja|havre|ris|nødde|plante|hampe|ærte|cashew)';
const CERTAIN: readonly (readonly [string, RegExp])[] = [
  ['milk', new RegExp(`${NO_MILK}mælk(?!efri|ebøtte)|^mælk`)],
  [
    'milk',
    /(?<!jordnødde|peanut|mandel|kakao|shea|æble|frugt|nødde|cashew|kokos|plante)smør(?!rebrød|else|rebr)|smørcroissant/,
  ],
  [
    'milk',
    /(?:^|[a-zæøå](?<!t|k|b|m|p|r|f)|[dnlgsyemø])ost$|^oste(?!rs)|cheddar|mozzarella|parmesan|parmigiano|^grana$|feta|brie|camembert|danbo|havarti|gouda|emmentaler|ricotta|mascarpone|pecorino|halloumi|burrata|gorgonzola|danablu|cottage|hytteost|flødeost|smøreost|salattern|gruyere|esrom|tzatziki|samsøost|maribo/,
  ],
  [
    'milk',
    /(?<!plante|havre|soja|kokos|ris)fløde(?!bolle)|piskefløde|creme|bearnaise|hollandaise|risalamande|pandekage|tarteletfyld|yoghurt|skyr|kefir|ymer|koldskål|tykmælk|a38|smetana|kærne|filmjölk|risengrød|tiramisu|milkshake|kvark|labneh|ayran/,
  ],
  ['milk', /^(?:lys|mælke)chokolade|mælkechokolade/],
  ['milk', /(?:vanilje|fløde|chokolade|nougat|karamel|soft)is$/],
  [
    'gluten',
    /hvede|(?<!mandel|ris|majs|kokos|kikærte|kartoffel|boghvede|tapioka|teff|hør|flor|lupin|hirse|quinoa|linse|ærte|sesam|soja|nødde|hassel)mel$|(?<!f)rug(?!osa)|^byg|byggryn|perlebyg|spelt|durum|havre|müsli|granola|bulgur|couscous|semulje|grahams?|seitan|malt/,
  ],
  [
    'gluten',
    /brød|bolle[rn]?$|baguette|flute|ciabatta|focaccia|toast|rundstykke|croissant|kage(?!r?krydderi)|wiener(?!pølse)|snegl|tærte|muffin|donut|waffel|vaffel|pandekage|knækbrød|(?<!ris|majs)kiks|digestive|småkage|æbleskive|dej|pizza|lasagne|forårsrulle|wrap|burger(?!bøf|ryg|dressing|ost$)|sandwich|hotdog|nachos_|rasp|paneret|panerede|nuggets|schnitzel_|gifler|horn$|romkugle|snitte[rn]?$|fastelavn|roulade/,
  ],
  [
    'gluten',
    /(?<!karry|chili|tomat|curry|mandel|tand)pasta(?!sauce|sovs|sås)|spaghetti|penne|fusilli|makaroni|tagliatelle|farfalle|tortelloni|tortellini|ravioli|gnocchi|carbonara|bolognese|(?<!ris|glas)nudel|(?<!ris|glas)nudler|(?<!majs)tortilla|(?<![a-zæøå])øl$|pilsner|ale$|(?<!f)lager(?!eddike)/,
  ],
  [
    'eggs',
    /(?<!pål|påske|chokolade|skum|slik|lakrids|marcipan)æg(?:$|ge|nud|kage)|^æg(?!te)|mayo|flødebol|remoulade|aioli|bearnaise|hollandaise|marengs|pandekage/,
  ],
  [
    'fish',
    /fisk|laks|torsk|sild|tun(?:$|salat|filet|i)|makrel|rødspætte|ørred|sej(?:filet)?$|hellefisk|ansjos|kaviar|stenbiderrogn|rogn|surimi|krabbestick|tilapia|pangasius|kuller|kulmule|sardin|^ål$|^åle(?!r)|(?:blank|gul|hav|røg)ål$|brisling|worcester/,
  ],
  ['crustaceans', /rejer?|krabbe|hummer|krebs|scampi|jomfruhummer/],
  ['molluscs', /musling|østers(?!hat)|blæksprutte|calamar|kammusling/],
  ['soybeans', /soja|soya|tofu|edamame|miso|tempeh|teriyaki|hoisin|tamari/],
  [
    'nuts',
    /(?<!muskat|jord|peber|pebber|kokos|pine)nød(?:d|$)|mandel|mandler|cashew|pistacie|pekan|valnød|hasselnød|macadamia|marcipan|nougat|paranød|praliné|frangipane/,
  ],
  ['peanuts', /jordnød|peanut/],
  ['sesame', /sesam|tahin|hummus|halva/],
  ['celery', /selleri/],
  ['mustard', /sennep/],
  ['sulphites', /balsamico/],
  ['lupin', /lupin/],
];
/** What only several words say. */
const PHRASES: readonly (readonly [string, RegExp])[] = [
  ['milk', /\b(?:lys|hvid) chokolade|sour cream|cream cheese|soft ice|grana padano|dulce de leche/],
  ['molluscs', /snegle i /],
  // Lysozyme, by the rules of its name.
  ['eggs', /grana padano/],
];
/** What everything that is filed there holds, but for what is named. */
const FILED: readonly (readonly [category: string, but: RegExp, id: string])[] = [
  ['Frost>Is', /sorbet|sodavandsis|saft/, 'milk'],
  ['Mejeri>Mælk', /havre|soja|mandel|ris|kokos|nødde/, 'milk'],
  ['Mejeri>Ost', /(?!)/, 'milk'],
  ['Mejeri>Yoghurt', /soja|kokos|havre/, 'milk'],
  ['Mejeri>Fløde', /havre|soja|kokos/, 'milk'],
  ['Mejeri>Æg', /(?!)/, 'eggs'],
  ['Brød og kager', /ris|majs|marengs|makron|fromage/, 'gluten'],
];
const LIKELY: readonly (readonly [string, RegExp])[] = [
  ['gluten', /frikadelle|pølse|postej|suppe|sauce|sovs|bouillon|krebinet|deller|falafel|marineret|chokolade|is$|grød/],
  ['eggs', /kage|boll|snegl|frikadelle|postej|salat|pasta|dressing|muffin|croissant/],
  [
    'milk',
    /kage|brød|boll|snegl|postej|mos$|gratin|suppe|pizza|lasagne|sauce|dressing|chokolade|is$|croissant|margarine|fromage/,
  ],
  ['mustard', /mayo|dressing|salat|remoulade|pickles|syltede agurk|marineret|pølse/],
  ['celery', /bouillon|fond|suppe|krydderi|ketchup/],
  ['nuts', /chokolade|müsli|konfekt|pesto/],
  ['soybeans', /chokolade|margarine|brød|østerssauce|vegansk|plantefars/],
  ['sulphites', /vin$|eddike|tørret|rosiner|cider/],
];
/** Words whose plant, or absence, their own name states: they are left out before anything is looked for. */
const NOT_MEANT =
  /kakaosmør|smørbønner?|kokosmælk|mælkebøtte|muskatnød(?:der)?|pebernød(?:der)?|kokosnød(?:der)?|rispapir|risnudler|glasnudler|[a-zæøå]*smag\b/g;
const GRAINLESS = /boghvede(?:mel)?/g;

const CLAIMS: readonly (readonly [string, RegExp])[] = [['gluten', /glutenfri|uden gluten/]];

/** `note`: what the table of foods says of the food that was found; its plain words are certain, those with a doubt likely. */
export function allergensOf(all: readonly string[], category: string, note: string): NamedAllergens {
  const text = all.join(' ').replace(NOT_MEANT, ' ').replace(GRAINLESS, ' ');
  const seen = text.split(' ').filter((word) => word !== '');
  const freeOf = CLAIMS.filter(([, pattern]) => pattern.test(text)).map(([id]) => id);
  const isPlant = /vegan|plantebaseret|plantefars|\bplante/.test(text);
  const has = ([, pattern]: readonly [string, RegExp]) => seen.some((word) => pattern.test(word));
  const named = [...CERTAIN.filter(has), ...PHRASES.filter(([, pattern]) => pattern.test(text))].map(([id]) => id);
  named.push(...FILED.filter(([start, but]) => category.startsWith(start) && !but.test(text)).map(([, , id]) => id));
  const told = noteOf(note);
  const isOfAnimals = (id: string) => ['milk', 'eggs', 'fish', 'crustaceans', 'molluscs'].includes(id);
  const certain = new Set(
    [...named, ...told.certain].filter((id) => !freeOf.includes(id) && !(isPlant && isOfAnimals(id))),
  );
  const doubtful = [...LIKELY.filter(has).map(([id]) => id), ...told.likely, ...(isPlant ? named : [])];
  return { certain: [...certain], likely: [...new Set(doubtful.filter((id) => !certain.has(id)))], freeOf };
}

const IN_NOTES: readonly (readonly [string, RegExp])[] = [
  ['milk', /\bmilk\b/],
  ['gluten', /\bgluten\b/],
  ['eggs', /\beggs?\b/],
  ['fish', /\bfish\b/],
  ['crustaceans', /crustacean/],
  ['molluscs', /mollusc/],
  ['soybeans', /\bsoy/],
  ['nuts', /\bnuts?\b/],
  ['peanuts', /peanut/],
  ['sesame', /sesame/],
  ['celery', /celery/],
  ['mustard', /mustard/],
  ['sulphites', /sulphite/],
  ['lupin', /lupin/],
];
const DOUBT = /fresh|also|usual|possible|frequent|may|often|only|hold|some|forms?|carry|without/;
const DENIED = /\bno\b|\bnot\b|in spite/;

function noteOf(note: string): { certain: string[]; likely: string[] } {
  const parts = note
    .toLowerCase()
    .split(/[;,]/)
    .filter((part) => !DENIED.test(part));
  const ids = (of: readonly string[]) =>
    IN_NOTES.filter(([, pattern]) => of.some((part) => pattern.test(part))).map(([id]) => id);
  return {
    certain: ids(parts.filter((part) => !DOUBT.test(part))),
    likely: ids(parts.filter((part) => DOUBT.test(part))),
  };
}
