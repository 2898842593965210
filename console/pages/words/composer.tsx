import { useSignal } from '@preact/signals';
import { Button, TextArea } from '../../kit/parts/controls.js';
import { Card } from '../../kit/parts/surfaces.js';
import { language } from '../../kit/language/words.js';
import { t } from './words.js';

const SAMPLES = {
  en: [
    '2 lb rice, some cheese, and no more than $40',
    '1 gallon whole milk, 12 eggs, 2 lb bananas. No nuts, please',
    'what can I cook with lentils',
    'how much is whole milk',
  ],
  da: ['2 kg ris, noget ost og 6 æg', '1 liter sødmælk, 12 æg, 1 kg bananer. Ingen nødder', 'hvad koster sødmælk'],
} as const;

interface ComposerProps {
  isFirst: boolean;
  busy: boolean;
  /** Whether it was taken. */
  onSay: (text: string) => Promise<boolean>;
}

/** Where one types. What was not taken stays. */
export function Composer({ isFirst, busy, onSay }: ComposerProps) {
  const text = useSignal('');
  const submit = async (event: Event) => {
    event.preventDefault();
    const said = text.peek();
    if (said.trim() === '' || busy) return;
    if ((await onSay(said)) && text.peek() === said) text.value = '';
  };
  return (
    <Card kind="words-composer">
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <TextArea
          label={isFirst ? t().say : t().sayMore}
          hint={t().hint}
          placeholder={isFirst ? t().placeholder : t().placeholderMore}
          rows={isFirst ? 3 : 2}
          maxLength={4000}
          value={text.value}
          onInput={(told) => (text.value = told)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void submit(event);
          }}
        />
        {isFirst && (
          <div class="row" role="group" aria-label={t().samples}>
            <span class="quiet small">{t().samples}</span>
            {SAMPLES[language.value].map((sample) => (
              <Button key={sample} small onClick={() => (text.value = sample)}>
                {sample}
              </Button>
            ))}
          </div>
        )}
        <div>
          <Button type="submit" look={isFirst ? 'main' : 'plain'} icon="words" busy={busy}>
            {busy ? t().reading : t().send}
          </Button>
        </div>
      </form>
    </Card>
  );
}
