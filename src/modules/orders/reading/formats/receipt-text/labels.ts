import { paymentTypeOf } from '../../payments.js';

/** What a line of a receipt's end stands for, by its words, English and French. Pure. */
export type Label =
  | { is: 'subtotal' | 'total' | 'fuel' | 'change' | 'ignored' }
  | { is: 'tax'; label: string; ratePercent: number | null }
  | { is: 'payment'; type: string };

const TAX =
  /^((?:tax|taxe|sales tax|tax ?\d|hst|gst|pst|qst|rst|tvh|tps|tvp|tvq)\b[^\d%]{0,12}?)(?:(\d{1,2}(?:[.,]\d{1,4})?) ?%)?$/;
/** `words` in small letters without accents; null for what is no label. */
export function labelOf(words: string): Label | null {
  const text = words.replaceAll(/[*:]/g, ' ').replaceAll(/\s+/g, ' ').trim();
  if (/^(sub ?-?total|sous ?-?total)\b/.test(text)) return { is: 'subtotal' };
  if (/^fuel total\b/.test(text)) return { is: 'fuel' };
  if (
    /^(grand total|total|total due|total a payer|montant total|amount due|balance due|balance|solde)( (cad|usd))?$/.test(
      text,
    )
  )
    return { is: 'total' };
  if (/^(change|monnaie|monnaie rendue)\b/.test(text)) return { is: 'change' };
  const tax = TAX.exec(text);
  if (tax) {
    const ratePercent = tax[2] === undefined ? null : Number(tax[2].replace(',', '.'));
    return { is: 'tax', label: tax[1]!.trim().toUpperCase(), ratePercent };
  }
  const type = paymentTypeOf(text);
  if (type !== null && text.length <= 32) return { is: 'payment', type };
  if (/^(you saved|total savings|vous avez economise|economies|total tax|# ?items|articles|nombre)\b/.test(text))
    return { is: 'ignored' };
  return null;
}
