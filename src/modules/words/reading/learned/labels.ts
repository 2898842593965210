/**
 * What a word of a clause is to the thing that is bought: its amount, unit, size, brand, name, or a note; each again for a word that begins
 * another thing. `O` is nothing of it, `J` stands between two.
 */
export const LABELS = ['O', 'J', 'q', 'u', 's', 'b', 'n', 'p', 'Q', 'U', 'S', 'B', 'N', 'P'] as const;
export type Label = (typeof LABELS)[number];
export const indexOf: Readonly<Record<Label, number>> = Object.fromEntries(
  LABELS.map((label, index) => [label, index]),
) as Record<Label, number>;

export const isStart = (label: Label): boolean => label >= 'A' && label <= 'Z' && label !== 'O' && label !== 'J';
/** The same without telling whether it begins a thing. */
export const partOf = (label: Label): 'O' | 'J' | 'q' | 'u' | 's' | 'b' | 'n' | 'p' =>
  label === 'O' || label === 'J' ? label : (label.toLowerCase() as 'q' | 'u' | 's' | 'b' | 'n' | 'p');
