import { useSignal } from '@preact/signals';
import { t } from '../language/kit-words.js';
import { Button } from './controls.js';

/** A text to be taken elsewhere, such as a command or what is shown once. */
export function Copyable({ text }: { text: string }) {
  const isCopied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    isCopied.value = true;
  };
  return (
    <div class="copyable">
      <pre tabIndex={0}>{text}</pre>
      {/* Browsers give it to none but safe pages. */}
      {navigator.clipboard && (
        <Button small icon={isCopied.value ? 'check' : 'copy'} onClick={() => void copy()}>
          <span role="status">{isCopied.value ? t().copied : t().copy}</span>
        </Button>
      )}
    </div>
  );
}
